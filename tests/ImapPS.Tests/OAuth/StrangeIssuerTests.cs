using System.Management.Automation;
using ImapPS.Errors;
using ImapPS.Sandbox;
using ImapPS.Tests.Scripted;

namespace ImapPS.Tests.OAuth;

/// <summary>Answers of issuers that are late, endless, broken or hostile, and what the user reads.</summary>
public sealed class StrangeIssuerTests : ScriptedTest
{
    private const string Refresh = "Get-ImapAccessToken -OAuth $issuer -ClientId c -RefreshToken old";
    private const string Device = "Get-ImapAccessToken -OAuth $issuer -ClientId c -DeviceCode";
    private const string DocumentPath = "/.well-known/openid-configuration";

    private readonly StrangeIssuer _issuer = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _issuer.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task No_password_of_a_proxy_is_shown()
    {
        string script = "Import-Module ./ImapPS.psd1; $env:HTTPS_PROXY = $env:HTTP_PROXY = "
            + $"'http://puser:SECRET@127.0.0.1:{_issuer.Port}'; $ErrorActionPreference = 'Continue'; "
            + "& { Get-ImapAccessToken -OAuth https://issuer.example.org -ClientId c -RefreshToken r -Verbose; "
            + "$Error | Format-List * -Force; $Error | ForEach-Object { $_.Exception.ToString() } } *>&1 | Out-String -Width 4096";
        string all = await ToolPowerShell.RunAsync(script, Cancellation);
        Assert.Contains(_issuer.Requests, request => request.StartsWith("CONNECT issuer.example.org", StringComparison.Ordinal));
        Assert.Contains("could not be asked", all, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", all, StringComparison.Ordinal);
        Assert.DoesNotContain("puser", all.Replace(script, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxy 'http://u:p@host:1/' failed", "proxy 'http://host:1/' failed")]
    [InlineData("http://u@h and https://a:b@c@d/e", "http://h and https://d/e")]
    [InlineData("https://host/a@b", "https://host/a@b")]
    public void Users_of_URLs_are_left_out(string text, string shown)
    {
        var failed = new HttpRequestException(text);
        Assert.Equal(shown, HttpReason.Of(failed));
        Assert.Equal(shown, HttpReason.Of(new HttpRequestException("see inner exception", failed)));
        Assert.Equal(text == shown, HttpReason.Harmless(failed) is not null);
    }

    [Theory]
    [InlineData("https://u:PASSWORD@issuer.example")]
    [InlineData("https://PASSWORD@issuer.example")]
    [InlineData("https://u:PASS/WORD@issuer.example")]
    [InlineData("ftp://u:PASSWORD@issuer.example")]
    public void No_password_of_an_issuer_is_shown(string address)
    {
        ErrorRecord error = AssertError(Run(Refresh, ("issuer", address)), "ArgumentInvalid");
        Assert.DoesNotContain("WORD", $"{error} {error.TargetObject} {error.ErrorDetails.RecommendedAction} {error.Exception}",
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DocumentPath, Refresh)]
    [InlineData("/token", Refresh)]
    [InlineData("/device", Device)]
    public void A_silent_issuer_is_waited_for_as_long_as_asked(string path, string command)
    {
        _issuer.Stall(path);
        AssertTimeout($"{command} -TimeoutSeconds 1");
    }

    [Theory]
    [InlineData(DocumentPath)]
    [InlineData("/token")]
    public void So_is_one_that_sends_little_by_little(string path)
    {
        _issuer.Pour(path, "a", TimeSpan.FromMilliseconds(100));
        AssertTimeout($"{Refresh} -TimeoutSeconds 1");
    }

    [Fact]
    public void A_connection_waits_no_longer_either()
    {
        Server.Capabilities = "IMAP4rev1 SASL-IR AUTH=XOAUTH2";
        _issuer.Stall("/token");
        AssertTimeout("Connect-Imap 127.0.0.1 -Port $port -Security None -AllowPlaintext -RetryCount 0 -TimeoutSeconds 1 "
            + "-OAuth $issuer -ClientId c -RefreshToken old");
    }

    [Theory]
    [InlineData("[1]", "200 OK")]
    [InlineData("null", "200 OK")]
    [InlineData("", "200 OK")]
    [InlineData("<html>old</html>", "200 OK")]
    [InlineData("<html>old</html>", "400 Bad Request")]
    [InlineData("[1]", "400 Bad Request")]
    public void What_is_no_JSON_object_is_told(string body, string status)
    {
        _issuer.On("/token", body, status);
        ErrorRecord error = AssertError(Ask(Refresh), "ProtocolError");
        Assert.Equal("'127.0.0.1' answered with something other than JSON.", error.Exception.Message);
    }

    [Theory]
    [InlineData("[1]", "401 Unauthorized", "AuthenticationFailed")]
    [InlineData("[1]", "503 Service Unavailable", "ServerBusy")]
    [InlineData("""{"error":"invalid_client"}""", "401 Unauthorized", "AuthenticationFailed")]
    [InlineData("{}", "200 OK", "ProtocolError")]
    public void A_status_counts_whatever_comes_with_it(string body, string status, string id)
    {
        _issuer.On("/token", body, status);
        AssertError(Ask(Refresh), id);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("<html>")]
    public void A_document_that_is_no_JSON_object_is_none_of_an_issuer(string body)
    {
        _issuer.On(DocumentPath, body);
        ErrorRecord error = AssertError(Ask(Refresh), "ArgumentInvalid");
        Assert.EndsWith("it answered with something other than JSON.", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_has_an_end()
    {
        _issuer.Pour("/token", new string('a', 65_536), TimeSpan.Zero);
        Assert.Contains("more than 1 MB", AssertError(Ask(Refresh), "ProtocolError").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_is_too_long_is_told()
    {
        _issuer.On("/token", $$"""{"access_token":"{{new string('a', 200_000)}}"}""");
        Assert.Contains("65,536", AssertError(Ask(Refresh), "ProtocolError").Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3600", true)]
    [InlineData("\"3600\"", true)]
    [InlineData("3600.5", true)]
    [InlineData("1e30", true)]
    [InlineData("0", false)]
    [InlineData("-5", false)]
    [InlineData("\"soon\"", false)]
    [InlineData("\"NaN\"", false)]
    [InlineData("null", false)]
    [InlineData("[]", false)]
    public void A_life_that_is_none_is_not_known(string life, bool isKnown)
    {
        _issuer.On("/token", $$"""{"access_token":"a","expires_in":{{life}}}""");
        PSObject token = Assert.Single(Ask(Refresh).Output);
        Assert.Equal(isKnown, token.Properties["ExpiresOn"].Value is not null);
    }

    [Theory]
    [InlineData("""{"device_code":"d","verification_uri":"https://v.example"}""")]
    [InlineData("""{"device_code":"d","user_code":"U","verification_uri":"javascript:alert(1)"}""")]
    [InlineData("""{"user_code":"U","verification_uri":"https://v.example"}""")]
    public void A_device_code_has_all_of_its_parts(string answer)
    {
        _issuer.On("/device", answer);
        EngineResult result = Ask(Device);
        AssertError(result, "ProtocolError");
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("0", "0.01")]
    [InlineData("\"long\"", "\"0.01\"")]
    [InlineData("1", "1e12")]
    public void Times_of_a_device_code_that_are_none_are_not_followed(string lifetime, string interval)
    {
        _issuer.On("/device", $$"""
            {"device_code":"d","user_code":"U","verification_uri":"https://v.example","expires_in":{{lifetime}},"interval":{{interval}}}
            """);
        _issuer.On("/token", """{"access_token":"a"}""");
        Assert.Single(Ask(Device).Output);
    }

    [Fact]
    public void An_issuer_without_device_codes_is_not_asked_for_them_again()
    {
        _issuer.On(DocumentPath, _issuer.Document(without: "device"));
        ErrorRecord error = AssertError(Ask(Device), "NotSupportedByServer");
        Assert.DoesNotContain("-DeviceCode", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_description_is_cut()
    {
        _issuer.On("/token", $$"""{"error":"invalid_grant","error_description":"{{new string('x', 100_000)}}"}""", "400 Bad Request");
        Assert.InRange(AssertError(Ask(Refresh), "AuthenticationFailed").Exception.Message.Length, 500, 600);
    }

    [Fact]
    public async Task TLS_that_fails_is_told_with_its_reason()
    {
        await using WebSite site = WebSite.Start("localhost");
        ErrorRecord error = AssertError(Run(Refresh, ("issuer", $"https://localhost:{site.Port}")), "ConnectionFailed");
        Assert.DoesNotContain("inner exception", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("certificate", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_that_another_issuer_answers_is_not_used()
    {
        TestBrowser.Use();
        AssertError(Ask("Get-ImapAccessToken -OAuth $issuer -ClientId c"), "ProtocolError");
        Assert.DoesNotContain(_issuer.Requests, request => request.Contains("/token", StringComparison.Ordinal));
    }

    [Fact]
    public void A_token_shows_what_a_session_has_renewed()
    {
        Server.Capabilities = "IMAP4rev1 SASL-IR AUTH=XOAUTH2";
        Server.On("AUTHENTICATE", "OK in");
        _issuer.On("/token", """{"access_token":"first","refresh_token":"refresh1","expires_in":1}""");
        Assert.Empty(Ask($"$global:token = {Refresh}").AllErrors);
        _issuer.On("/token", """{"access_token":"second","refresh_token":"refresh2","expires_in":3600}""");
        EngineResult result = Ask("while ($token.ExpiresOn -gt [DateTimeOffset]::Now) { Start-Sleep -Milliseconds 50 }; "
            + "$null = $token | Connect-Imap 127.0.0.1 -Port $port -Security None -AllowPlaintext -UserName u -RetryCount 0; "
            + "$keeper = [System.Management.Automation.PSSerializer]; $kept = $keeper::Deserialize($keeper::Serialize($token)); "
            + "foreach ($one in $token, $kept) { foreach ($secret in $one.AccessToken, $one.RefreshToken) { "
            + "[System.Net.NetworkCredential]::new('', $secret).Password } }");
        Assert.Equal([], result.AllErrors.Select(error => error.ToString()));
        Assert.Equal(["second", "refresh2", "second", "refresh2"], result.Output.Select(text => text.ToString()));
    }

    private EngineResult Ask(string command) => Run(command, ("issuer", _issuer.Address));

    private void AssertTimeout(string command)
    {
        ErrorRecord error = AssertError(Ask(command), "Timeout");
        Assert.Equal("The authorization server '127.0.0.1' did not answer within 1 second.", error.Exception.Message);
    }
}

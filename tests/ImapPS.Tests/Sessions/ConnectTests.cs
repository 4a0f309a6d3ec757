using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

public sealed class ConnectTests(MailServer mail) : ModuleTest(mail)
{
    protected override EngineOptions Options => new();

    [Fact]
    public void Port_143_and_the_like_are_STARTTLS()
    {
        PSObject session = Assert.Single(
            Succeed("$session = Connect-Imap $server -Port $port -Credential $credential -CertificateThumbprint $thumbprint; $session"));
        Assert.Equal(User.Name, Property<string>(session, "UserName"));
        Assert.Equal("Open", Property<string>(session, "State"));
        Assert.StartsWith("TLS 1.", Property<string>(session, "Security"), StringComparison.Ordinal);
        Assert.Contains("UIDPLUS", Property<string[]>(session, "Capabilities"));
        Assert.Equal([true], Succeed("$session.IsDefault").Select(value => value.BaseObject));
    }

    [Fact]
    public void A_URL_says_user_port_and_security()
    {
        PSObject session = Assert.Single(Succeed(
            "Connect-Imap \"imaps://$($credential.UserName)@${server}:$tlsPort\" -Credential $credential "
                + "-CertificateThumbprint $thumbprint.ToLower()"));
        Assert.StartsWith("TLS 1.", Property<string>(session, "Security"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_name_alone_asks_for_the_password()
    {
        Engine.Prompts.Answer(Credential);
        Succeed("$null = Connect-Imap $server -Port $port -Credential $credential.UserName -CertificateThumbprint $thumbprint");
        Assert.Equal(PromptKind.Credential, Assert.Single(Engine.Prompts.Asked).Kind);
    }

    [Fact]
    public void Without_a_credential_both_are_asked()
    {
        Engine.Prompts.Answer(Credential);
        Succeed("$null = Connect-Imap $server -Port $port -CertificateThumbprint $thumbprint");
        Assert.Equal(PromptKind.Credential, Assert.Single(Engine.Prompts.Asked).Kind);
    }

    [Fact]
    public void A_wrong_password_is_one_failure_for_the_server()
    {
        EngineResult result = Run(
            "Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $wrong",
            ("wrong", CredentialOf(User.Name, "not " + User.Password)));
        ErrorRecord error = AssertError(result, "AuthenticationFailed");
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        Assert.Equal(1, Proxy.Count("AUTHENTICATE") + Proxy.Count("LOGIN"));
        Assert.Empty(Succeed("Get-ImapSession | Where-Object UserName -eq $credential.UserName"));
    }

    [Fact]
    public void A_port_where_nobody_listens()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        ErrorRecord error = AssertError(Run("Connect-Imap 127.0.0.1 -Port $nobody -Credential $credential", ("nobody", port)),
            "ConnectionFailed");
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
    }

    [Fact]
    public void A_host_that_does_not_exist() =>
        AssertError(Run("Connect-Imap no-such-host.invalid -Credential $credential"), "ConnectionFailed");

    [Theory]
    [InlineData("$port", "")]
    [InlineData("$tlsPort", "-Security Tls")]
    public void A_certificate_that_nobody_vouches_for(string port, string parameters)
    {
        ErrorRecord error = AssertError(Run($"Connect-Imap $server -Port {port} -Credential $credential {parameters}"),
            "CertificateRejected");
        Assert.Equal(ErrorCategory.SecurityError, error.CategoryInfo.Category);
        Assert.Contains(Dovecot.CertificateThumbprint, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_is_not_the_pinned_one() =>
        AssertError(Run("Connect-Imap $server -Port $port -Credential $credential -CertificateThumbprint ('00' * 32)"),
            "CertificateRejected");

    [Fact]
    public void A_certificate_that_is_not_checked() =>
        Succeed("$null = Connect-Imap $server -Port $port -Credential $credential -SkipCertificateCheck");

    [Fact]
    public void STARTTLS_that_is_not_offered_is_not_done_without()
    {
        Proxy.HideCapability("STARTTLS");
        AssertError(Run("Connect-Imap localhost -Port $proxyPort -Credential $credential -SkipCertificateCheck"), "TlsFailed");
        Assert.Equal(0, Proxy.Count("AUTHENTICATE") + Proxy.Count("LOGIN"));
    }

    [Fact]
    public void TLS_on_a_port_that_does_not_speak_it() =>
        AssertError(Run("Connect-Imap $server -Port $port -Security Tls -Credential $credential -SkipCertificateCheck"), "TlsFailed");

    [Fact]
    public void A_password_is_not_sent_in_clear_unasked()
    {
        AssertError(Run("Connect-Imap localhost -Port $proxyPort -Security None -Credential $credential"), "PlaintextRefused");
        Assert.Equal(0, Proxy.Count("AUTHENTICATE") + Proxy.Count("LOGIN"));
    }

    [Fact]
    public async Task A_server_that_need_not_see_the_password_gets_none_even_without_encryption()
    {
        await using DovecotServer scram =
            await DovecotServer.StartAsync(new DovecotOptions { AuthenticationMechanisms = ["plain", "scram-sha-256"] }, Cancellation);
        await using FaultProxy proxy = FaultProxy.Start(scram);
        MailUser user = scram.CreateUser();
        Succeed(
            "$null = Connect-Imap localhost -Port $scram -Security None -Credential $other",
            ("scram", proxy.Port),
            ("other", CredentialOf(user.Name, user.Password)));
        Assert.Contains("SCRAM-SHA-256", proxy.Commands.Single(command => command.Verb == "AUTHENTICATE").Line, StringComparison.Ordinal);
        Succeed("Disconnect-Imap");
    }

    [Theory]
    [InlineData("")]
    [InlineData("AUTH=PLAIN")]
    [InlineData("AUTH=PLAIN AUTH=LOGIN")]
    [InlineData("AUTH=PLAIN AUTH=LOGIN SASL-IR")]
    public void The_protocol_log_holds_the_exchange_and_no_secret(string hidden)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Connect($"-ProtocolLogPath '{path}'");
            Succeed("Get-ImapFolder; Disconnect-Imap");
            string log = File.ReadAllText(path);
            Assert.Contains("LOGOUT", log, StringComparison.Ordinal);
            Assert.DoesNotContain(User.Password, log, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(User.Password)), log, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{User.Name}\0{User.Password}")),
                log, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void No_property_and_no_error_tells_the_password()
    {
        Connect();
        Proxy.RefuseConnections = true;
        Proxy.On("LIST", ProxyAction.CutBefore);
        EngineResult result = Run("Get-ImapSession; Get-ImapFolder");
        string everything = string.Join('\n', result.Output.Select(value => PSSerializer.Serialize(value)))
            + string.Join('\n', result.AllErrors.Select(error => error + error.Exception.ToString()));
        Assert.DoesNotContain(User.Password, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        EngineResult result = await RunAsync(
            "Connect-Imap 127.0.0.1 -Port $silent -Security None -AllowPlaintext -Credential $credential -TimeoutSeconds 1",
            ("silent", ((IPEndPoint)listener.LocalEndpoint).Port));
        Assert.Equal(ErrorCategory.OperationTimeout, AssertError(result, "Timeout").CategoryInfo.Category);
    }

    [Fact]
    public void A_server_that_is_not_an_IMAP_server()
    {
        Proxy.Greeting = "220 mail.example.org ESMTP";
        AssertError(Run("Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential"), "ProtocolError");
    }

    [Theory]
    [InlineData("http://mail.example.org")]
    [InlineData("imap://alice:secret@mail.example.org")]
    [InlineData("mail.example.org/INBOX")]
    [InlineData("imaps://mail.example.org:993 -Port 143")]
    [InlineData("mail.example.org -CertificateThumbprint abc")]
    public void Arguments_that_cannot_be_meant(string arguments) =>
        AssertError(Run($"Connect-Imap {arguments} -Credential $credential"), "ArgumentInvalid");
}

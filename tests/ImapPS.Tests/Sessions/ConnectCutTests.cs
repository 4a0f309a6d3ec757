using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>A server that ends the connection before Connect-Imap is through.</summary>
public sealed class ConnectCutTests(MailServer mail) : ModuleTest(mail)
{
    private const string Login = "Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext "
        + "-RetryDelaySeconds 0 -Credential $credential";

    private int Logins => Proxy.Count("AUTHENTICATE") + Proxy.Count("LOGIN");

    [Theory]
    [InlineData("NAMESPACE")]
    [InlineData("LIST")]
    public void Cut_after_the_login_it_is_tried_again(string verb)
    {
        foreach (ProxyAction cut in Cuts.ByMoment.Values)
        {
            Proxy.Clear();
            Proxy.ClearRules();
            Proxy.On(verb, cut);
            Succeed($"$null = {Login} -RetryCount 1");
            Assert.Equal(2, Logins);
            Assert.NotEmpty(Succeed("Get-ImapFolder"));
        }
    }

    [Theory]
    [InlineData("NAMESPACE", 0)]
    [InlineData("NAMESPACE", 2)]
    [InlineData("LIST", 1)]
    public void Cut_after_the_login_each_time_it_is_ConnectionFailed(string verb, int retries)
    {
        Proxy.On(verb, ProxyAction.CutBefore, times: int.MaxValue);
        ErrorRecord error = AssertError(Run($"{Login} -RetryCount {retries}"), "ConnectionFailed");
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.Equal(1 + retries, Logins);
        Assert.Empty(Succeed("Get-ImapSession | Where-Object UserName -eq $credential.UserName"));
    }

    [Theory]
    [InlineData("NAMESPACE", 2)]
    [InlineData("LIST", 2)]
    [InlineData("AUTHENTICATE", 2)]
    public void A_BYE_is_told_in_the_words_of_the_server(string verb, int logins)
    {
        Proxy.On(verb, ProxyAction.ReplyAndCut("* BYE [UNAVAILABLE] Server is shutting down for maintenance"), times: int.MaxValue);
        ErrorRecord error = AssertError(Run($"{Login} -RetryCount 1"), "ServerBusy");
        Assert.Contains("Server is shutting down for maintenance", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(logins, Logins);
    }

    [Theory]
    [InlineData("AUTHENTICATE")]
    public void A_login_that_was_not_answered_may_be_a_refused_password_and_is_not_tried_again(string verb)
    {
        Proxy.On(verb, ProxyAction.CutAfterExecution, times: int.MaxValue);
        AssertError(Run($"{Login} -RetryCount 3"), "ConnectionFailed");
        Assert.Equal(1, Logins);
    }

    [Fact]
    public void A_refused_password_is_not_tried_again()
    {
        AssertError(Run($"{Login} -RetryCount 3", ("credential", CredentialOf(User.Name, "a slip"))), "AuthenticationFailed");
        Assert.Equal(1, Logins);
    }

    [Fact]
    public void A_command_that_is_refused_after_the_login_is_told_as_such()
    {
        Proxy.On("NAMESPACE", ProxyAction.Reply("{tag} BAD what?"));
        EngineResult result = Run(Login);
        Assert.DoesNotContain(result.AllErrors, error => error.FullyQualifiedErrorId.StartsWith("Unexpected", StringComparison.Ordinal));
    }

    [Fact]
    public void Verbose_tells_each_step()
    {
        EngineResult result =
            Run("$null = Connect-Imap $server -Port $port -CertificateThumbprint $thumbprint -Credential $credential -Verbose");
        Assert.Empty(result.AllErrors);
        string[] steps = ["Resolved '", "Connected to ", "The server greets: * OK", "The connection is encrypted: TLS 1.",
            "Capabilities before the login: ", "Logging in as '", "Logged in as '"];
        Assert.Equal(steps, result.Verbose.Zip(steps).Where(step => step.First.StartsWith(step.Second, StringComparison.Ordinal))
            .Select(step => step.Second));
        Assert.DoesNotContain(result.Verbose, line => line.Contains(User.Password, StringComparison.Ordinal));
    }

    [Fact]
    public void Verbose_tells_of_the_retry()
    {
        Proxy.On("NAMESPACE", ProxyAction.CutBefore);
        Assert.Contains(Run($"$null = {Login} -Verbose").Verbose, line => line.Contains("Try 1 of 3", StringComparison.Ordinal));
    }
}

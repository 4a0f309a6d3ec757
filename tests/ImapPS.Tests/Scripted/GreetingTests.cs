using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>A server that logs in by itself (PREAUTH), and what a server is told of the program (ID).</summary>
public sealed class GreetingTests : ScriptedTest
{
    private const string Connecting = "Connect-Imap 127.0.0.1 -Port $port -Security None -RetryDelaySeconds 0";

    [Theory]
    [InlineData("")]
    [InlineData("-Credential $credential")]
    [InlineData("-Credential $credential -Mechanism Plain")]
    public void A_server_that_logs_in_by_itself_gets_no_credential(string parameters)
    {
        Server.Greet("* PREAUTH [CAPABILITY IMAP4rev1 ID AUTH=PLAIN] ready");
        Server.Capabilities = "IMAP4rev1 ID AUTH=PLAIN";
        PSObject session = Assert.Single(Succeed($"Connect-Imap 127.0.0.1 -Port $port -Security None {parameters}"));
        Assert.Equal(("127.0.0.1", ""), (session.Properties["Name"].Value, session.Properties["UserName"].Value));
        Assert.Equal(1, Server.Count("ID"));

        // And again on a connection that is opened anew.
        Server.CutAll();
        Succeed("Get-ImapFolder INBOX");
        Assert.Equal(0, Server.Count("LOGIN") + Server.Count("AUTHENTICATE"));
    }

    [Theory]
    [InlineData("IMAP4rev1 STARTTLS")]
    [InlineData("IMAP4rev1")]
    public void Then_it_is_too_late_for_STARTTLS(string capabilities)
    {
        Server.Greet($"* PREAUTH [CAPABILITY {capabilities}] ready");
        Server.On("STARTTLS", "BAD Too late");
        EngineResult result = Run("Connect-Imap 127.0.0.1 -Port $port -Credential $credential -RetryCount 0");
        Assert.Contains("PREAUTH", AssertError(result, "TlsFailed").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "ID (\"name\" \"ImapPS\" \"version\"")]
    [InlineData("-ClientInfo ([ordered]@{ name = 'Archiver'; 'support-url' = $null })", "ID (\"name\" \"Archiver\" \"support-url\" NIL)")]
    [InlineData("-ClientInfo @{ vendor = 'M\"s' }", "ID (\"vendor\" \"M\\\"s\")")]
    [InlineData("-ClientInfo @{}", null)]
    [InlineData("-ClientInfo $null", null)]
    public void What_the_server_is_told(string parameter, string? expected)
    {
        Server.Capabilities = "IMAP4rev1 ID";
        Succeed($"$null = {Connecting} -AllowPlaintext -Credential $credential {parameter}; Get-ImapMessage INBOX");
        string[] told = [.. Server.Commands.Where(command => command.Verb == "ID").Select(command => command.Line)];
        if (expected is null) Assert.Empty(told);
        else Assert.Contains(" " + expected, Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_does_not_announce_it_is_told_nothing()
    {
        Succeed($"$null = {Connecting} -AllowPlaintext -Credential $credential -ClientInfo @{{ name = 'x' }}");
        Assert.Equal(0, Server.Count("ID"));
    }

    [Theory]
    [InlineData("@{ name = \"a`r`nA1 DELETE INBOX\" }")]
    [InlineData("@{ ('n' * 31) = 'a' }")]
    [InlineData("@{ name = 'a' * 1025 }")]
    [InlineData("@{ '' = 'a' }")]
    [InlineData("(& { $all = @{}; 1..31 | ForEach-Object { $all[\"f$_\"] = '' }; $all })")]
    public void What_cannot_be_told(string fields)
    {
        Server.Capabilities = "IMAP4rev1 ID";
        AssertError(TryConnect($"-ClientInfo {fields}"), "ArgumentInvalid");
        Assert.Equal(0, Server.Connections);
    }
}

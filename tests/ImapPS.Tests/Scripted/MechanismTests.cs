using System.Management.Automation;
using ImapPS.Sandbox;
using ImapPS.Sessions;

namespace ImapPS.Tests.Scripted;

/// <summary>Mechanisms that a server announces and cannot use.</summary>
public sealed class MechanismTests : ScriptedTest
{
    private const string Many = "IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=CRAM-MD5 AUTH=PLAIN AUTH=LOGIN";

    [Theory]
    [InlineData(Many, "SCRAM-SHA-256, PLAIN")]
    [InlineData("IMAP4rev1 AUTH=SCRAM-SHA-1 AUTH=LOGIN SASL-IR", "SCRAM-SHA-1, LOGIN")]
    [InlineData("IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-1", "SCRAM-SHA-1")]
    public void A_NO_to_the_first_message_of_SCRAM_is_no_wrong_password(string capabilities, string tried)
    {
        Server.Capabilities = capabilities;
        RefuseScram("NO [AUTHENTICATIONFAILED] No secret");
        Connect();
        Assert.Equal(tried.Split(", "), Tried());
        Assert.Equal(tried == "SCRAM-SHA-1" ? 1 : 0, Server.Count("LOGIN"));
    }

    [Fact]
    public void A_session_tries_it_once()
    {
        Server.Capabilities = Many;
        RefuseScram("NO No secret");
        Connect("-RetryCount 1");
        Server.CutAll();
        Succeed("Get-ImapMessage INBOX");
        Assert.Equal(["SCRAM-SHA-256", "PLAIN", "PLAIN"], Tried());
    }

    [Theory]
    [InlineData("NO [UNAVAILABLE] Later", "ServerBusy")]
    [InlineData("NO [EXPIRED] Choose another", "AuthenticationFailed")]
    public void What_no_other_mechanism_mends_ends_it(string answer, string id)
    {
        Server.Capabilities = Many;
        RefuseScram(answer);
        AssertError(TryConnect(), id);
        Assert.Equal(["SCRAM-SHA-256"], Tried());
    }

    [Fact]
    public void A_wrong_password_after_it_is_one_wrong_password()
    {
        Server.Capabilities = Many;
        RefuseScram("NO No secret");
        Server.On("AUTHENTICATE", "NO [AUTHENTICATIONFAILED] Wrong");
        AssertError(TryConnect(), "AuthenticationFailed");
        Assert.Equal(["SCRAM-SHA-256", "PLAIN"], Tried());
    }

    [Theory]
    [InlineData("-Mechanism CRAM-MD5", "CRAM-MD5")]
    [InlineData("-Mechanism plain", "PLAIN")]
    [InlineData("-Mechanism SCRAM-SHA-1", "SCRAM-SHA-1")]
    public void One_can_be_chosen(string parameter, string tried)
    {
        Server.Capabilities = Many;
        Server.On("AUTHENTICATE", "NO [AUTHENTICATIONFAILED] Wrong");
        AssertError(TryConnect(parameter), "AuthenticationFailed");
        Assert.Equal([tried], Tried());
    }

    [Fact]
    public void One_that_is_not_offered()
    {
        Server.Capabilities = Many;
        ErrorRecord error = AssertError(TryConnect("-Mechanism SCRAM-SHA-512"), "NotSupportedByServer");
        Assert.Contains("SCRAM-SHA-256, SCRAM-SHA-1", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Tried());
    }

    [Fact]
    public void Those_that_can_be_chosen_are_those_that_the_module_knows() => Assert.Equal(
        SaslChoice.All,
        Succeed("(Get-Command Connect-Imap).Parameters.Mechanism.Attributes.ValidValues").Select(name => name.ToString()));

    [Fact]
    public async Task A_proof_that_is_refused_is_a_wrong_password_and_the_error_says_what_else_it_may_be()
    {
        await using MailutilsServer server = await MailutilsServer.StartAsync(announcesScram: true, Cancellation);
        MailLogin user = await server.AddUserAsync(Cancellation);
        (string, object?)[] there =
            [("there", server.Port), ("user", new SandboxAccess("127.0.0.1", server.Port, 0, "", user.Name, user.Password).Credential)];
        const string connect = "Connect-Imap 127.0.0.1 -Port $there -Security None -AllowPlaintext -Credential $user";
        ErrorRecord error = AssertError(Run(connect, there), "AuthenticationFailed");
        Assert.Contains("-Mechanism PLAIN", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Succeed($"{connect} -Mechanism PLAIN | Disconnect-Imap", there);
    }

    private void RefuseScram(string answer) =>
        Server.On(command => command.Verb == "AUTHENTICATE" && command.Arguments.StartsWith("SCRAM", StringComparison.Ordinal), answer);

    private IEnumerable<string> Tried() => Server.Commands.Where(command => command.Verb == "AUTHENTICATE")
        .Select(command => command.Arguments.Split(' ')[0]);
}

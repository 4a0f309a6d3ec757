using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Models;
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

    [Theory]
    [InlineData("SCRAM-SHA-256-PLUS", ImapMechanism.ScramSha256Plus)]
    [InlineData("scram-sha-1", ImapMechanism.ScramSha1)]
    [InlineData("CRAM-MD5", ImapMechanism.CramMd5)]
    [InlineData("crammd5", ImapMechanism.CramMd5)]
    [InlineData("EXTERNAL", ImapMechanism.External)]
    public void The_names_of_the_registry_are_taken_as_well(string name, ImapMechanism mechanism) =>
        Assert.Equal(mechanism, Taken(name));

    [Fact]
    public void Each_has_a_name_in_the_registry_that_is_taken() => Assert.All(
        Enum.GetValues<ImapMechanism>().Where(mechanism => mechanism != ImapMechanism.Auto),
        mechanism => Assert.Equal(mechanism, Taken(SaslChoice.NameOf(mechanism)!)));

    [Fact]
    public void Tab_completes_them() => Assert.Equal(
        ["ScramSha1", "ScramSha1Plus", "ScramSha256", "ScramSha256Plus", "ScramSha512", "ScramSha512Plus"],
        Succeed("(TabExpansion2 'Connect-Imap -Mechanism Scram').CompletionMatches.CompletionText").Select(name => name.ToString())
            .Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("AUTH=NTLM AUTH=GSSAPI AUTH=ANONYMOUS AUTH=EXTERNAL AUTH=CRAM-MD5", "CRAM-MD5")]
    [InlineData("AUTH=NTLM AUTH=GSSAPI AUTH=ANONYMOUS AUTH=EXTERNAL", "")]
    public void What_is_not_asked_for_is_not_chosen(string capabilities, string tried)
    {
        Server.Capabilities = "IMAP4rev1 " + capabilities;
        Connect();
        Assert.Equal(tried.Split(' ', StringSplitOptions.RemoveEmptyEntries), Tried());
        Assert.Equal(tried.Length == 0 ? 1 : 0, Server.Count("LOGIN"));
    }

    [Theory]
    [InlineData("Ntlm", "NTLM")]
    [InlineData("External", "EXTERNAL")]
    [InlineData("Anonymous", "ANONYMOUS")]
    public void What_is_asked_for_is_tried_once_with_no_password_in_sight(string mechanism, string name)
    {
        Server.Capabilities = $"IMAP4rev1 AUTH=PLAIN AUTH={name}";
        Server.On("AUTHENTICATE", "NO [AUTHENTICATIONFAILED] Not like this");
        ErrorRecord error = AssertError(TryConnect($"-Mechanism {mechanism}"), "AuthenticationFailed");
        Assert.Contains("Not like this", error.ToString(), StringComparison.Ordinal);
        Assert.Equal([name], Tried());
    }

    [Fact]
    public void Nobody_in_particular_needs_no_credential()
    {
        Server.Capabilities = "IMAP4rev1 SASL-IR AUTH=ANONYMOUS";
        PSObject session = Assert.Single(Succeed("Connect-Imap 127.0.0.1 -Port $port -Security None -Mechanism Anonymous"));
        Assert.Equal("anonymous@127.0.0.1", session.Properties["Name"].Value);
        Assert.Equal(["ANONYMOUS YW5vbnltb3Vz"], Server.Commands.Where(command => command.Verb == "AUTHENTICATE")
            .Select(command => command.Arguments));
    }

    [Fact]
    public void External_without_another_mailbox_says_nothing()
    {
        Server.Capabilities = "IMAP4rev1 SASL-IR AUTH=EXTERNAL";
        Succeed("$null = Connect-Imap imap://carol@127.0.0.1 -Port $port -Security None -Mechanism External");
        Assert.Equal(["EXTERNAL"], Server.Commands.Where(command => command.Verb == "AUTHENTICATE").Select(command => command.Arguments));
        Succeed("Disconnect-Imap; $null = Connect-Imap 127.0.0.1 -Port $port -Security None -Mechanism External -AuthorizationId bob");
        Assert.Equal("EXTERNAL Ym9i", Server.Commands.Last(command => command.Verb == "AUTHENTICATE").Arguments);
        Assert.Equal(["bob"], Succeed("(Get-ImapSession | Where-Object IsDefault).UserName").Select(name => name.ToString()));
    }

    [Fact]
    public void Kerberos_without_a_ticket()
    {
        Server.Capabilities = "IMAP4rev1 SASL-IR AUTH=GSSAPI";
        EngineResult result = Run("Connect-Imap 127.0.0.1 -Port $port -Security None -Mechanism Gssapi -RetryCount 0");
        ErrorRecord error = AssertError(result, "AuthenticationFailed");
        Assert.Contains("kinit", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SASL-IR AUTH=CRAM-MD5 AUTH=PLAIN AUTH=LOGIN", "PLAIN Ym9iAGFsaWNlAHNlY3JldA==")]
    [InlineData("SASL-IR AUTH=SCRAM-SHA-1 AUTH=PLAIN", "PLAIN Ym9iAGFsaWNlAHNlY3JldA==")]
    public void Another_mailbox_is_named_where_that_is_possible(string capabilities, string command)
    {
        Server.Capabilities = "IMAP4rev1 " + capabilities;
        RefuseScram("NO No secret");
        Connect("-AuthorizationId bob");
        Assert.Equal(command, Server.Commands.Last(one => one.Verb == "AUTHENTICATE").Arguments);
        PSObject session = Assert.Single(Succeed("Get-ImapSession | Where-Object IsDefault"));
        Assert.Equal(("bob@127.0.0.1", "bob"), (session.Properties["Name"].Value, session.Properties["UserName"].Value));
    }

    [Theory]
    [InlineData("AUTH=CRAM-MD5 AUTH=LOGIN", "", "NotSupportedByServer")]
    [InlineData("", "", "NotSupportedByServer")]
    [InlineData("AUTH=CRAM-MD5 AUTH=PLAIN", "-Mechanism CramMd5", "ArgumentInvalid")]
    [InlineData("AUTH=LOGIN AUTH=PLAIN", "-Mechanism Login", "ArgumentInvalid")]
    [InlineData("AUTH=NTLM AUTH=PLAIN", "-Mechanism Ntlm", "ArgumentInvalid")]
    public void Where_it_is_not_possible_nobody_logs_in_to_a_mailbox_that_was_not_meant(string capabilities, string parameters, string id)
    {
        Server.Capabilities = "IMAP4rev1 " + capabilities;
        AssertError(TryConnect($"-AuthorizationId bob {parameters}"), id);
        Assert.Empty(Tried());
        Assert.Equal(0, Server.Count("LOGIN"));
    }

    [Fact]
    public void LOGINDISABLED_is_about_passwords_in_clear()
    {
        Server.Capabilities = "IMAP4rev1 LOGINDISABLED SASL-IR AUTH=PLAIN AUTH=CRAM-MD5";
        AssertError(TryConnect("-Mechanism Plain"), "PlaintextRefused");
        Assert.Empty(Tried());
        Connect();
        Assert.Equal(["CRAM-MD5"], Tried());
    }

    [Fact]
    public async Task A_proof_that_is_refused_is_a_wrong_password_and_the_error_says_what_else_it_may_be()
    {
        await using MailutilsServer server = await MailutilsServer.StartAsync(announcesScram: true, Cancellation);
        MailLogin user = await server.AddUserAsync(Cancellation);
        (string, object?)[] there =
            [("there", server.Port), ("user", new SandboxAccess("127.0.0.1", server.Port, 0, "", user.Name, user.Password).Credential)];
        const string connect = "Connect-Imap 127.0.0.1 -Port $there -Security None -AllowPlaintext -Credential $user";
        ErrorRecord error = AssertError(Run(connect, there), "AuthenticationFailed");
        Assert.Contains("-Mechanism Plain", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Succeed($"{connect} -Mechanism PLAIN | Disconnect-Imap", there);
    }

    private static ImapMechanism Taken(string name) =>
        LanguagePrimitives.ConvertTo<ImapMechanism>(new MechanismTransformationAttribute().Transform(null!, name));

    private void RefuseScram(string answer) =>
        Server.On(command => command.Verb == "AUTHENTICATE" && command.Arguments.StartsWith("SCRAM", StringComparison.Ordinal), answer);

    private IEnumerable<string> Tried() => Server.Commands.Where(command => command.Verb == "AUTHENTICATE")
        .Select(command => command.Arguments.Split(' ')[0]);
}

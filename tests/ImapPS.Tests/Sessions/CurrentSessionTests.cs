using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>No command runs in a mailbox that its script has left, or believes to have left.</summary>
public sealed class CurrentSessionTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $wrong", "AuthenticationFailed")]
    [InlineData("Connect-Imap localhost -Port 1 -Security None -AllowPlaintext -Credential $wrong", "ConnectionFailed")]
    [InlineData("Connect-Imap localhost -Port $proxyPort -Security None -Credential $wrong", "PlaintextRefused")]
    [InlineData("Select-ImapSession other", "SessionNotFound")]
    [InlineData("Select-ImapSession $undefined", "ParameterArgumentValidationErrorNullNotAllowed")]
    [InlineData("Select-ImapSession @()", "CannotConvertArgument")]
    [InlineData("Connect-Imap $undefined", "ParameterArgumentValidationError")]
    [InlineData("Connect-Imap localhost -Port abc", "CannotConvertArgumentNoMessage")]
    [InlineData("Connect-Imap localhost -Prt 5", "NamedParameterNotFound")]
    [InlineData("try { Connect-Imap localhost -AuthorizationId '' } catch { Write-Error $_ }", "ParameterArgumentValidationError")]
    [InlineData("Connect-Imap localhost -ProtocolLogPath 993", "ArgumentInvalid")]
    public async Task After_a_choice_that_failed_nothing_is_done_in_the_mailbox_before(string choice, string id)
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect("-Name $($credential.UserName)");
        EngineResult result = Run($"{choice}; Get-ImapMessage | Remove-ImapMessage -Permanent -Force",
            ("wrong", CredentialOf(User.Name, "wrong")));

        Assert.Equal([id, "NoSession"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(3, await CountAsync("INBOX"));

        // The session is still there for those who name it.
        Assert.Equal(3, Succeed("Get-ImapMessage -Session $credential.UserName").Count);
        Assert.Equal(3, Succeed("Select-ImapSession $credential.UserName; Get-ImapMessage").Count);
    }

    [Fact]
    public void What_one_item_of_Parallel_opened_is_not_the_next_ones()
    {
        // One runspace serves all items, and is reset between them.
        IReadOnlyList<PSObject> said = Succeed(
            """
            1..3 | ForEach-Object -ThrottleLimit 1 -Parallel {
                Import-Module $using:manifest
                try { Get-ImapFolder INBOX | ForEach-Object Path } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
                $null = Connect-Imap localhost -Port $using:proxyPort -Security None -AllowPlaintext -Credential $using:credential
                Get-ImapFolder INBOX | ForEach-Object Path
            }
            """,
            ("manifest", Repository.Manifest));

        Assert.Equal(["NoSession", "INBOX", "NoSession", "INBOX", "NoSession", "INBOX"], said.Select(line => line.ToString()));
    }
}

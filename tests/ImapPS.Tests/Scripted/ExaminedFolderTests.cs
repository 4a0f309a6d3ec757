using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>A server that refuses what is to be added to the folder that is open by EXAMINE, as Courier does.</summary>
public sealed class ExaminedFolderTests : ScriptedTest
{
    private static readonly string[] _opening = ["SELECT", "EXAMINE", "UNSELECT", "CLOSE"];

    [Theory]
    [InlineData("", "Import-ImapMessage INBOX -Content \"Subject: x`r`n`r`nx\"")]
    [InlineData(" UNSELECT", "Import-ImapMessage INBOX -Content \"Subject: x`r`n`r`nx\"")]
    [InlineData("", "$messages | Copy-ImapMessage INBOX")]
    [InlineData(" UNSELECT", "$messages | Copy-ImapMessage INBOX")]
    [InlineData("", "Get-ImapMessage Done | Move-ImapMessage INBOX")]
    public void It_is_left_before(string capability, string command)
    {
        Server.Capabilities += capability;
        Server.Mailbox.Deliver("INBOX", "Subject: first\r\n\r\nx\r\n");
        Server.Mailbox.Deliver("Done", "Subject: second\r\n\r\nx\r\n");
        Server.On(command => command.Verb is "APPEND" or "UID COPY" or "UID MOVE" && IsExamined(), "NO Error in IMAP command");
        Connect();
        Succeed("$messages = @(Get-ImapMessage INBOX)");
        Succeed(command);
        Assert.Equal(2, Server.Mailbox["INBOX"].Messages.Count);
    }

    private bool IsExamined()
    {
        ScriptedCommand? last = Server.Commands.LastOrDefault(command => _opening.Contains(command.Verb));
        return last is { Verb: "EXAMINE" } && last.Arguments.Contains("INBOX", StringComparison.Ordinal);
    }
}

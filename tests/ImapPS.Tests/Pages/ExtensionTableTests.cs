using ImapPS.Tests.Scripted;

namespace ImapPS.Tests.Pages;

/// <summary>docs/searching.md: the SEARCH of each row is what a server with the extension is asked. Others are not asked.</summary>
public sealed class ExtensionTableTests : ScriptedTest
{
    public static TheoryData<string, string, string> Rows =>
    [
        .. from cells in PageFiles.Rows("docs/searching.md")
           where cells.Length == 3 && PageFiles.Code(cells[0]) is not null
           select (PageFiles.Code(cells[0])!, PageFiles.Code(cells[1])!, PageFiles.Code(cells[2])!),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_says_what_is_sent(string criterion, string extension, string search)
    {
        Server.Mailbox.Deliver("INBOX", "From: a@example.org\r\nSubject: One\r\n\r\nHello.\r\n");
        Server.On("UID SEARCH", "* SEARCH");
        Connect();
        AssertError(Run($"Get-ImapMessage INBOX {criterion}"), "NotSupportedByServer");
        Assert.Equal(0, Server.Count("UID SEARCH"));

        Server.Capabilities += $" {extension}";
        Connect();
        Succeed($"Get-ImapMessage INBOX {criterion}");
        Assert.Equal(search, SearchText.Of(Assert.Single(Server.Commands, command => command.Verb == "UID SEARCH").Line));
    }
}

using ImapPS.Sandbox;

namespace ImapPS.Tests.Pages;

/// <summary>docs/searching.md and docs/filters.md: the SEARCH of each row of the tables is what Dovecot was asked.</summary>
public sealed class SearchTableTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("docs/searching.md", "{0}", 40)]
    [InlineData("docs/filters.md", "-Filter {{ {0} }}", 25)]
    public void A_row_says_what_is_sent(string page, string criterion, int atLeast)
    {
        User.Deliver("INBOX", Message("Receipt 1"), new MessageState(Keywords: ["$Work"]));
        Connect();
        (string Said, string Search)[] rows =
        [
            .. from cells in PageFiles.Rows(page)
               where cells.Length == 2
               let said = PageFiles.Code(cells[0])
               let search = PageFiles.Code(cells[1])
               where said is not null && search is not null
               select (said, search),
        ];

        Assert.InRange(rows.Length, atLeast, int.MaxValue);
        Assert.Equal(
            rows.Select(row => $"| `{row.Said}` | `{row.Search}` |"),
            rows.Select(row => $"| `{row.Said}` | `{Sent(string.Format(null, criterion, row.Said))}` |"));
    }

    private string Sent(string criterion)
    {
        Proxy.Clear();
        Succeed($"$null = Get-ImapMessage INBOX {criterion}");
        return string.Join("; ", Proxy.Commands.Where(command => command.Verb == "UID SEARCH").Select(command => SearchText.Of(command.Line)));
    }
}

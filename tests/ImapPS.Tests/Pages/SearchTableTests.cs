using System.Management.Automation;
using System.Reflection;
using ImapPS.Pipeline.Listing;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Pages;

/// <summary>docs/searching.md and docs/filters.md: the SEARCH of each row of the tables is what Dovecot was asked.</summary>
public sealed class SearchTableTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("docs/searching.md", "{0}", 40)]
    [InlineData("docs/filters.md", "-Filter {{ {0} }}", 20)]
    public void A_row_says_what_is_sent(string page, string criterion, int atLeast)
    {
        var state = new MessageState(Keywords: ["$Work"]);
        User.DeliverMany("INBOX", 120, i => new SeedMessage(Message($"Receipt {i}", body: new string('x', 501)), state));
        Connect();

        // The first search of a session finds out how the server compares.
        Succeed("Get-ImapMessage INBOX -Subject '*eceip*' -LargerThan 100KB");
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
            string.Join('\n', rows.Select(row => $"| `{row.Said}` | `{row.Search}` |")),
            string.Join('\n', rows.Select(row => $"| `{row.Said}` | `{Sent(string.Format(null, criterion, row.Said))}` |")));
    }

    [Fact]
    public void Every_criterion_has_a_row()
    {
        string[] criteria =
        [
            .. from type in new[] { typeof(MessageFilterCmdlet), typeof(FlagFilterCmdlet) }
               from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
               where property.IsDefined(typeof(ParameterAttribute))
               select property.Name,
        ];
        string[] named = [.. PageFiles.Rows("docs/searching.md").Select(cells => cells[0].Split(' ')[0].Trim('`', '-'))];

        Assert.Contains("Unread", criteria);
        Assert.Equal([], criteria.Except(named));
    }

    private string Sent(string criterion)
    {
        Proxy.Clear();
        Succeed($"$null = Get-ImapMessage INBOX {criterion}");
        return string.Join(
            "; ", Proxy.Commands.Where(command => command.Verb == "UID SEARCH").Select(command => SearchText.Of(command.Line)));
    }
}

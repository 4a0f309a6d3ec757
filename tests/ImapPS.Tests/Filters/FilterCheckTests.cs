using System.Management.Automation;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Filters;

/// <summary>A slip in a filter is refused before anything is sent, and what is right, however unusual, is what Where-Object makes of it.</summary>
public sealed class FilterCheckTests : FilterTest
{
    private const string Scope = """
        $pattern = 'one*'; $name = 'Subject'; $wrong = 'IsFlaged'; $nothing = $null; $n = 15; $seen = @{}; $rule = [pscustomobject]@{ Size = 15; Word = 'one'; Wrong = 'IsFlaged' }; $map = @{ Size = 15 }
        $property = { $_.Subject }; $rows = [pscustomobject]@{ Nmae = 1 }; $list = [System.Collections.ArrayList]@('one'); $count = $total = 0; $env:FILTER_CHECK = 'one'
        function keep { param($message, $block) $message.Size -gt 5 }
        """;

    private static readonly ImapMessage[] _messages =
    [
        Message(1, "one", 10),
        Message(2, "two", 20, flags: ImapMessageFlags.Seen),
        new()
        {
            Uid = 3,
            Subject = "three words here",
            Size = 30,
            Flags = ImapMessageFlags.Flagged,
            Keywords = new(["Work", "later"]),
            From = new([new ImapAddress("Bob", "bob@example.net"), new ImapAddress("Carol", "carol@example.net")]),
            Cc = new([new ImapAddress("", "dan@example.org")]),
            Attachments = new([new ImapAttachment("a.pdf", "application/pdf", 100, "2"), new ImapAttachment("", "text/plain", 50, "3")]),
            Headers = new([new ImapHeader("List-Id", "<list>")]),
            Date = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero),
            Received = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero),
        },
    ];

    [Theory]
    [MemberData(nameof(FilterTable.Slips), MemberType = typeof(FilterTable))]
    public void A_slip_is_refused(string filter, string meant)
    {
        EngineResult result = Run($"{Scope}; Test-Filter {{ {filter} }} -Messages $messages", _messages);
        ErrorRecord error = Assert.Single(result.AllErrors);
        Assert.StartsWith("FilterInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(meant, $"{error.ErrorDetails.Message} {error.ErrorDetails.RecommendedAction}", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FilterTable.Right), MemberType = typeof(FilterTable))]
    public void What_is_right_is_what_Where_Object_makes_of_it(string filter)
    {
        EngineResult wanted = Run($"{Scope}; $messages | Where-Object {{ {filter} }}", _messages);
        Assert.Empty(wanted.AllErrors);
        Assert.Equal(wanted.Output.Select(Uid), Succeed($"{Scope}; Test-Filter {{ {filter} }} -Messages $messages", _messages).Select(Uid));

        static uint Uid(PSObject message) => ((ImapMessage)message.BaseObject).Uid;
    }
}

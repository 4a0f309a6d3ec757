using System.Globalization;
using ImapPS.Models;
using ImapPS.Sandbox;
using ImapPS.Tests.Filters;

namespace ImapPS.Tests.Reading;

/// <summary>Measure-ImapFolder tells what Group-Object tells of the messages of Get-ImapMessage, and leads back to them.</summary>
public sealed class MeasurePropertyTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly string[] _criteria =
    [
        "", "-Unread", "-Flagged", "-LargerThan 1KB", "-SmallerThan 2000 -Undeleted", "-Since 2026-03-05", "-Before '2026-03-10 12:00'",
        "-From example.org", "-Subject *invoice*", "-Header @{ 'List-Id' = '' }", "-HasAttachment", "-NoAttachment -Answered",
        "-Keyword Work, later", "-SentSince 2026-01-01", "-Filter { $_.Size -gt 900 -and $_.Subject -like '*r*' }",
        "-Filter { $_.From.Count -ge $one }", "-Query 'NOT SEEN'",
    ];

    private static readonly string[][] _lists =
        [["List-Id: A list, of things <things.example.org>"], ["List-Id: <Other.example.org>"], []];

    private static readonly DateTimeOffset _endOfYear = new(2024, 12, 31, 20, 0, 0, TimeSpan.Zero);

    private static readonly ImapGrouping[] _groupings = [.. Enum.GetValues<ImapGrouping>()];

    [Fact]
    public void It_is_Group_Object_over_Get_ImapMessage()
    {
        Fill();
        Connect();
        Succeed("$one = 1");
        var random = new Random(Environment.GetEnvironmentVariable("IMAPPS_TEST_MEASURES") is null ? 15 : Environment.TickCount);
        for (int i = 0; i < Amount.Measures; i++)
        {
            string criteria = _criteria[random.Next(_criteria.Length)];
            ImapGrouping[] by = [.. Enumerable.Range(0, random.Next(5) switch { 0 => 0, 4 => 2, _ => 1 })
                .Select(_ => _groupings[random.Next(_groupings.Length)]).Distinct()];
            string measure = $"Measure-ImapFolder INBOX, Other {criteria} -Attachments"
                + (by.Length == 0 ? string.Empty : $" -By {string.Join(", ", by)}");
            List<ImapMessage> messages = Messages($"Get-ImapMessage INBOX, Other {criteria} -Headers List-Id");
            List<ImapMeasure> groups = [.. Succeed(measure).Select(group => (ImapMeasure)group.BaseObject)];

            Dictionary<string, List<ImapMessage>> expected = messages
                .SelectMany(message => Keys(by, message).Distinct(StringComparer.OrdinalIgnoreCase).Select(key => (key, message)))
                .GroupBy(row => row.key, row => row.message, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.OrdinalIgnoreCase);
            if (by.Length == 0) expected.TryAdd(string.Empty, []);

            // Group-Object knows no folder without messages.
            groups.RemoveAll(group => group.Count == 0 && by is [ImapGrouping.Folder]);
            Assert.Equal(
                expected.Select(group => $"{group.Key}: {Numbers(group.Value, messages.Count)}").Order(StringComparer.OrdinalIgnoreCase),
                groups.Select(group => $"{string.Join('|', group.Values)}: {Numbers(group)}").Order(StringComparer.OrdinalIgnoreCase),
                StringComparer.OrdinalIgnoreCase);

            // A few of the groups, since each costs two commands a folder.
            foreach (ImapMeasure group in groups.OrderBy(_ => random.Next()).Take(3))
            {
                Assert.Equal(
                    Places(expected[string.Join('|', group.Values)]),
                    Places([.. Succeed("$group | Get-ImapMessage", ("group", group)).Select(found => (ImapMessage)found.BaseObject)]));
            }
        }
    }

    private static IEnumerable<string> Places(IEnumerable<ImapMessage> messages) =>
        messages.Select(message => Text($"{message.Folder} {message.Uid}")).Order(StringComparer.Ordinal);

    private static string Numbers(List<ImapMessage> group, int all) => Text($"{group.Count}, {group.Sum(message => message.Size)}, ")
        + Text($"{group.Count(message => !message.IsRead)}, {group.Sum(message => message.Attachments.Count)}, ")
        + Text($"{group.Min(message => message.Received):u}, {group.Max(message => message.Received):u}, ")
        + Text($"{(all == 0 ? 0 : Math.Round(100.0 * group.Count / all, 2))}");

    private static string Numbers(ImapMeasure group) => Text($"{group.Count}, {group.Size}, {group.Unread}, {group.Attachments}, ")
        + Text($"{group.Oldest:u}, {group.Newest:u}, {group.Percent}");

    private static IEnumerable<string> Keys(ImapGrouping[] by, ImapMessage message) => by.Aggregate<ImapGrouping, IEnumerable<string>>(
        [string.Empty],
        (keys, grouping) => keys.SelectMany(_ => Values(grouping, message).DefaultIfEmpty(string.Empty),
            (key, value) => grouping == by[0] ? value : $"{key}|{value}"));

    private static IEnumerable<string> Values(ImapGrouping by, ImapMessage message)
    {
        DateTime received = message.Received!.Value.LocalDateTime;
        return by switch
        {
            ImapGrouping.Sender => message.From.Select(Address),
            ImapGrouping.Domain => message.From.Select(address => address.Address.Contains('@', StringComparison.Ordinal)
                ? Address(address).Split('@')[^1] : string.Empty),
            ImapGrouping.Recipient => message.To.Concat(message.Cc).Select(Address),
            ImapGrouping.Year => [received.Year.ToString(CultureInfo.InvariantCulture)],
            ImapGrouping.Month => [Text($"{received.Year}-{received.Month:00}")],
            ImapGrouping.Weekday => [$"{received.DayOfWeek}"],
            ImapGrouping.Hour => [Text($"{received.Hour:00}")],
            ImapGrouping.SizeClass => [message.Size switch
            {
                < 10_240 => "under 10 KB",
                < 102_400 => "10-100 KB",
                < 1_048_576 => "100 KB-1 MB",
                < 10_485_760 => "1-10 MB",
                _ => "10 MB and more",
            }],
            ImapGrouping.Flag => message.Flags == ImapMessageFlags.None ? [] : $"{message.Flags}".Split(", "),
            ImapGrouping.Keyword => message.Keywords,
            ImapGrouping.AttachmentType => message.Attachments.Select(attachment => attachment.Type),
            ImapGrouping.ListId => message.Headers.Select(header => header.Value.Split('<')[^1].TrimEnd('>')).Take(1),
            _ => [message.Folder],
        };
    }

    private static string Address(ImapAddress address) =>
        address.ToString().Replace("xn--mnchen-3ya", "münchen", StringComparison.OrdinalIgnoreCase);

    private List<ImapMessage> Messages(string script) => [.. Succeed(script).Select(message => (ImapMessage)message.BaseObject)];

    private void Fill()
    {
        int i = 0;
        foreach ((byte[] raw, MessageState state) in AwkwardMailbox.Messages())
        {
            User.Deliver(i++ % 3 == 0 ? "Other" : "INBOX", raw, state);
        }

        for (i = 0; i < 20; i++)
        {
            string text = new MailText
            {
                From = i % 2 == 0 ? "List <m@xn--mnchen-3ya.example>" : "other@EXAMPLE.org",
                Subject = "attached",
                Headers = _lists[i % 3],
                Text = new string('x', 1 << (i % 18)),
                Attachments = [.. Enumerable.Range(0, i % 3).Select(n => new MailAttachment(Text($"{n}.bin"),
                    n == 0 ? "application/pdf" : "image/png", "x"u8.ToArray()))],
            }.ToString();
            User.Deliver("INBOX", text, new MessageState(Received: _endOfYear.AddHours(i * 50)));
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>A search that the server refuses, dies of or answers by words finds the same messages all the same.</summary>
public sealed class SearchLimitsTests : ScriptedTest
{
    public static TheoryData<string, string> Criteria => new()
    {
        { "-LargerThan 40000", "LARGER" },
        { "-Before 2026-03-04 -Subject weekly", "BEFORE" },
        { "-Keyword Work", "KEYWORD" },
        { "-Undeleted -Subject weekly", "UNDELETED" },
        { "-Subject 'week*report'", "OR" },
        { "-Subject 'weekly'", "SUBJECT" },
        { "-From 'alice@', 'carol@'", "OR" },
        { "-From alice@", "FROM" },
        { "-Header @{ 'X-Mailer' = 'Weekly' }", "HEADER" },
        { "-Filter { $_.Subject -like 'weekly*' -and $_.Size -gt 100 }", "OR" },
    };

    [Theory]
    [MemberData(nameof(Criteria))]
    public void What_is_refused_is_compared_here(string parameters, string key)
    {
        foreach (string refusal in new[] { "NO Not here", "BAD Unknown key" }) AssertFinds(parameters, key, refusal);
    }

    [Theory]
    [InlineData("-Subject 'weekly'", "SUBJECT", "")]
    [InlineData("-Subject 'weekly'", "SUBJECT", "-RetryCount 1")]
    [InlineData("-LargerThan 40000", "LARGER", "-RetryCount 3 -RetryDelaySeconds 0.01")]
    public void So_is_what_ends_the_connection(string parameters, string key, string connect) =>
        AssertFinds(parameters, key, ScriptedReply.Cut, connect);

    [Fact]
    public void And_what_is_not_answered() => AssertFinds("-LargerThan 40000", "LARGER", ScriptedReply.Stall, "-TimeoutSeconds 1");

    [Theory]
    [InlineData("-Body", "BODY")]
    [InlineData("-Text", "TEXT")]
    public void What_only_the_server_can_tell_is_named(string parameter, string key)
    {
        Fill();
        Refuse(key, "NO Not here");
        Connect();
        for (int i = 0; i < 2; i++)
        {
            Assert.Contains(parameter, AssertError(Run($"Get-ImapMessage {parameter} one"), "NotSupportedByServer").ToString(),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-Subject '*eekl*'")]
    [InlineData("-Subject eekl")]
    [InlineData("-Filter { $_.Subject -like '*eekl*' }")]
    [InlineData("-From lic")]
    [InlineData("-From '*lic*'")]
    [InlineData("-To obb")]
    public void A_server_that_searches_by_words_and_does_not_say_so_is_found_out(string criterion)
    {
        Fill();
        Server.On("UID SEARCH", ByWords);
        Connect();
        Assert.Equal(["1"], Uids($"Get-ImapMessage {criterion}"));
        Assert.Equal("AssertionFailed,ImapPS.Commands.AssertImapMessageCommand",
            Assert.Single(Run($"Assert-ImapMessage {criterion} -None").AllErrors).FullyQualifiedErrorId);
    }

    [Fact]
    public void One_that_searches_by_pieces_is_tried_once()
    {
        Fill();
        Connect();
        for (int i = 0; i < 3; i++) Assert.Equal(["1"], Uids("Get-ImapMessage -Subject '*eekl*'"));
        Assert.Equal(4, Server.Count("UID SEARCH"));
        Assert.Equal(1, Server.Count("FETCH"));
    }

    [Theory]
    [InlineData("-LargerThan 45000", "2")]
    [InlineData("-SmallerThan 45000", "1,3")]
    [InlineData("-Filter { $_.Size -gt 45000 }", "2")]
    public void Sizes_are_those_that_are_shown(string parameters, string uids)
    {
        Fill();

        // Line ends count as one octet, as Courier has it.
        Server.On("UID SEARCH", search => "* SEARCH " + string.Join(' ', Server.Mailbox["INBOX"].Messages
            .Where(message => Regex.Match(search.Line, @"(LARGER|SMALLER) (\d+)") is not { Success: true } size
                || (size.Groups[1].Value == "LARGER") == (Size(message) > int.Parse(size.Groups[2].Value, CultureInfo.InvariantCulture)))
            .Select(message => message.Uid)));
        Connect();
        Assert.Equal(uids.Split(','), Uids($"Get-ImapMessage {parameters}"));

        static int Size(ScriptedMessage message) => message.Octets.Count(octet => octet != '\r');
    }

    [Theory]
    [InlineData("-LargerThan 3000", "LARGER 3000", 50)]
    [InlineData("-SmallerThan 3000", "SMALLER 3000", 70)]
    [InlineData("-Filter { $_.Size -gt 3000 }", "LARGER 3000", 50)]
    public void A_server_that_measures_as_it_shows_is_asked_for_no_more(string parameters, string asked, int count)
    {
        FillSizes();
        Connect();
        Assert.Equal(count, Uids($"Get-ImapMessage {parameters}").Count());
        Assert.EndsWith(asked, Server.Commands.Last(command => command.Verb == "UID SEARCH").Line, StringComparison.Ordinal);

        // That takes one question and one search in a session.
        Assert.Equal((1, 2), (Server.Count("FETCH"), Server.Count("UID SEARCH")));
        Assert.Equal(count, Uids($"Get-ImapMessage {parameters}").Count());
        Assert.Equal((1, 3), (Server.Count("FETCH"), Server.Count("UID SEARCH")));
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("body")]
    [InlineData("KB")]
    [InlineData("at least")]
    [InlineData("NO")]
    [InlineData("BAD")]
    [InlineData("cut")]
    public void One_that_measures_otherwise_hides_no_message(string way)
    {
        FillSizes();
        string[] larger = [.. Server.Mailbox["INBOX"].Messages.Where(message => message.Octets.Length > 3000)
            .Select(message => message.Uid.ToString(CultureInfo.InvariantCulture))];
        string[] smaller = [.. Server.Mailbox["INBOX"].Messages.Where(message => message.Octets.Length < 3000)
            .Select(message => message.Uid.ToString(CultureInfo.InvariantCulture))];
        if (way is "NO" or "BAD") Refuse("(LARGER|SMALLER)", $"{way} Unknown key");
        else if (way is "cut") Refuse("(LARGER|SMALLER)", ScriptedReply.Cut);
        else Server.On("UID SEARCH", search => BySize(search, way));
        Connect("-RetryCount 1");
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(larger, Uids("Get-ImapMessage -LargerThan 3000"));
            Assert.Equal(smaller, Uids("Get-ImapMessage -SmallerThan 3000"));
        }
    }

    [Fact]
    public void In_a_small_folder_nothing_is_tried()
    {
        Fill();
        Connect();
        Succeed("Get-ImapMessage -LargerThan 3000");
        Assert.Equal((0, 1), (Server.Count("FETCH"), Server.Count("UID SEARCH")));
    }

    private string BySize(ScriptedCommand search, string way)
    {
        IEnumerable<ScriptedMessage> found = Server.Mailbox["INBOX"].Messages;
        if (Regex.Match(search.Line, @"\bUID (\d+)\b(?!:)") is { Success: true } one)
        {
            found = found.Where(message => message.Uid == uint.Parse(one.Groups[1].Value, CultureInfo.InvariantCulture));
        }

        foreach (Match key in Regex.Matches(search.Line, @"(NOT )?(LARGER|SMALLER) (\d+)"))
        {
            int size = int.Parse(key.Groups[3].Value, CultureInfo.InvariantCulture);
            found = found.Where(message => key.Groups[1].Success != (key.Groups[2].Value == "LARGER"
                ? Size(message) > size || (way == "at least" && Size(message) == size)
                : Size(message) < size));
        }

        return $"* SEARCH {string.Join(' ', found.Select(message => message.Uid))}";

        int Size(ScriptedMessage message) => way switch
        {
            "lines" => message.Octets.Count(octet => octet != '\r'),
            "body" => message.Octets.Length - 40,
            "KB" => message.Octets.Length / 1024 * 1024,
            _ => message.Octets.Length,
        };
    }

    /// <summary>As many messages as make a question worth while, of sizes around 3,000 octets.</summary>
    private void FillSizes()
    {
        for (int i = 1; i <= 121; i++)
        {
            string head = $"Subject: message {i}\r\nMessage-ID: <{i}@x>\r\n\r\n";
            int size = 2929 + i;
            string lines = string.Concat(Enumerable.Repeat("0123456789\r\n", (size - head.Length) / 12));
            string rest = new('x', size - head.Length - lines.Length);
            Server.Mailbox.Deliver("INBOX", System.Text.Encoding.ASCII.GetBytes(head + lines + rest));
        }
    }

    private void AssertFinds(string parameters, string key, ScriptedReply reply, string connect = "")
    {
        Server.Mailbox["INBOX"].Messages.Clear();
        Server.ClearRules();
        Fill();
        Connect(connect);
        string[] expected = [.. Uids($"Get-ImapMessage {parameters}")];
        Assert.NotEmpty(expected);
        Connect(connect);
        Refuse(key, reply);
        for (int i = 0; i < 3; i++) Assert.Equal(expected, Uids($"Get-ImapMessage {parameters}"));

        // It is not asked again and again for what it refuses.
        int asked = Server.Commands.Count(command => IsSearch(command, key));
        Assert.Equal(expected, Uids($"Get-ImapMessage {parameters}"));
        Assert.Equal(asked, Server.Commands.Count(command => IsSearch(command, key)));
    }

    private void Refuse(string key, ScriptedReply reply) => Server.On(command => IsSearch(command, key), reply);

    private static bool IsSearch(ScriptedCommand command, string key) =>
        command.Verb == "UID SEARCH" && Regex.IsMatch(command.Line, $@"\b{key}\b");

    /// <summary>Every text is looked for as whole words, and in addresses as the whole of one.</summary>
    private string ByWords(ScriptedCommand search)
    {
        IEnumerable<ScriptedMessage> found = Server.Mailbox["INBOX"].Messages;
        foreach (Match text in Regex.Matches(search.Line, "\"?\\b(SUBJECT|FROM|TO)\"? \"?([^\" )]+)\"?"))
        {
            found = found.Where(message => System.Text.Encoding.UTF8.GetString(message.Octets).Split(' ', '<', '>', '\r', '\n')
                .Contains(text.Groups[2].Value, StringComparer.OrdinalIgnoreCase));
        }

        return $"* SEARCH {string.Join(' ', found.Select(message => message.Uid))}";
    }

    private IEnumerable<string> Uids(string script) => Succeed($"({script}).Uid").Select(uid => uid.ToString()!);

    private void Fill()
    {
        Server.Mailbox.Deliver("INBOX", "From: Alice <alice@example.org>\r\nTo: bobby@example.net\r\nSubject: weekly report\r\n"
            + "X-Mailer: Weekly 1\r\nMessage-ID: <1@x>\r\n\r\none\r\n").Flags = "Work";
        Server.Mailbox.Deliver("INBOX", "From: Dora <dora@example.org>\r\nTo: emil@example.net\r\nSubject: nothing\r\nMessage-ID: <2@x>\r\n"
            + $"\r\n{string.Concat(Enumerable.Repeat("a line\r\n", 6000))}");
        Server.Mailbox.Deliver("INBOX", "From: Dora <dora@example.org>\r\nTo: emil@example.net\r\nSubject: else\r\nMessage-ID: <3@x>\r\n"
            + "\r\ntwo\r\n");
    }
}

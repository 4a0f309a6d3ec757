using System.Globalization;
using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Reading;

public sealed class OrderTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> Orders
    {
        get
        {
            var orders = new TheoryData<string, string>();
            foreach (string hidden in new[] { "", "SORT" })
            {
                foreach (string parameters in new[]
                {
                    "-SortBy Received", "-SortBy Date", "-SortBy From", "-SortBy To", "-SortBy Subject", "-SortBy Size",
                    "-SortBy Subject, Received", "-SortBy Subject, Received -Descending", "-SortBy Size, From -Descending",
                })
                {
                    orders.Add(hidden, parameters);
                }
            }

            return orders;
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Sorted_by_the_server_or_here(string hidden, string parameters)
    {
        string[] subjects = ["Re: beta", "alpha", "Beta", "Fwd: gamma", "ALPHA", "delta"];
        string[] names = ["eve", "Dan", "carl", "Bob", "ann", "ann"];
        for (int i = 0; i < subjects.Length; i++)
        {
            User.Deliver(
                "INBOX",
                $"From: {names[i]}@example.org\r\nTo: {names[5 - i]}@example.org\r\nSubject: {subjects[i]}\r\nDate: "
                    + $"{_noon.AddDays(i % 3).ToString("r", CultureInfo.InvariantCulture)}\r\n\r\n"
                    + $"{new string('x', 60 * ((i * 5) % 4))}\r\n",
                new MessageState(_noon.AddDays(-i * 7 % 5)));
        }

        if (hidden.Length > 0) Proxy.HideCapability(hidden, "SORT=DISPLAY", "ESORT");
        Connect();
        IReadOnlyList<PSObject> sorted = Succeed($"Get-ImapMessage {parameters}");
        Assert.Equal(Expected(sorted, parameters), Uids(sorted));
        Assert.Equal(hidden.Length == 0 ? 1 : 0, Proxy.Count("UID SORT"));

        Assert.Equal(Uids(sorted).Skip(1).Take(3), Uids(Succeed($"Get-ImapMessage {parameters} -Skip 1 -First 3")));
        Assert.Equal(Uids(sorted).Where(uid => uid % 2 == 0),
            Uids(Succeed($"Get-ImapMessage {parameters} -Filter {{ $_.Uid % 2 -eq 0 }}")));
        Assert.Equal(Uids(sorted).Where(uid => uid is 2 or 5), Uids(Succeed($"Get-ImapMessage {parameters} -Uid 2, 5")));
        Assert.Equal(Uids(sorted).Where(uid => uid is 2 or 5), Uids(Succeed($"Get-ImapMessage {parameters} -Query 'SUBJECT alpha'")));
        Assert.Equal(6, LanguagePrimitives.ConvertTo<int>(Succeed($"Get-ImapMessage {parameters} -IncludeTotalCount")[0]));
    }

    [Fact]
    public void Sorting_here_keeps_no_more_than_is_wanted_and_fetches_only_that_again()
    {
        User.DeliverMany("INBOX", 3_000, i => new SeedMessage(Message(Text($"{(i * 7919) % 3_000:d5}"))));
        Proxy.HideCapability("SORT", "SORT=DISPLAY", "ESORT");
        Connect();
        Assert.Equal(["02999", "02998"], Subjects(Succeed("Get-ImapMessage -SortBy Subject -Descending -First 2")));
        Assert.Equal(3_002, Proxy.FetchResponses);
    }

    [Fact]
    public void A_sorted_folder_of_scattered_UIDs_keeps_every_line_short()
    {
        User.DeliverMany("INBOX", 3_000, i => new SeedMessage(Message(Text($"{(i * 7919) % 3_000:d5}"))));
        Connect();
        Assert.Equal(Enumerable.Range(0, 3_000).Select(i => Text($"{i:d5}")), Subjects(Succeed("Get-ImapMessage -SortBy Subject")));
        Assert.InRange(Proxy.LongestLine, 1, 8_000);
        Assert.InRange(Proxy.Count("UID FETCH"), 1, 12);
    }

    [Fact]
    public void The_newest_come_last_first_and_cost_no_search_of_the_folder()
    {
        User.DeliverMany("INBOX", 5_000, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Assert.Equal(["4999", "4998", "4997"], Subjects(Succeed("Get-ImapMessage -Newest 3")));
        Assert.EndsWith("4998:5000", Proxy.Commands.Single(command => command.Verb == "UID SEARCH").Line, StringComparison.Ordinal);
        Assert.Equal(3, Proxy.FetchResponses);
        Assert.InRange(Proxy.BytesToClient, 1, 4_000);

        Assert.Equal(["4998"], Subjects(Succeed("Get-ImapMessage -Newest 3 -Skip 1 -First 1")));
        Assert.Equal(3, LanguagePrimitives.ConvertTo<int>(Succeed("Get-ImapMessage -Newest 3 -IncludeTotalCount")[0]));
    }

    [Fact]
    public void The_newest_of_those_that_match()
    {
        User.DeliverMany("INBOX", 200, i => new SeedMessage(Message(Text($"{(i % 10 == 0 ? "tenth" : "other")} {i}"))));
        Connect();
        Assert.Equal(["tenth 190", "tenth 180"], Subjects(Succeed("Get-ImapMessage -Newest 2 -Subject tenth")));
        Assert.Equal(["tenth 190", "tenth 180"], Subjects(Succeed("Get-ImapMessage -Newest 2 -Subject 'tenth*'")));
        Assert.Equal(["tenth 190", "tenth 180"], Subjects(Succeed("Get-ImapMessage -Newest 2 -Filter { $_.Subject -match '^t' }")));
        Assert.Equal(20, Succeed("Get-ImapMessage -Newest 500 -Subject tenth").Count);
        User.CreateFolder("Empty");
        Assert.Empty(Succeed("Get-ImapMessage Empty -Newest 5"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Threads_come_whole_each_message_after_the_one_that_it_answers(bool byServer)
    {
        Deliver("1", "holiday", 0);
        Deliver("2", "budget", 1);
        Deliver("3", "Re: holiday", 2, "1");
        Deliver("4", "Re: budget", 3, "2");
        Deliver("5", "Re: holiday", 4, "1", "3");
        Deliver("6", "Re: holiday", 5, "1");
        Deliver("7", "alone", 6);
        if (!byServer) Proxy.HideCapability("THREAD=REFERENCES", "THREAD=REFS", "THREAD=ORDEREDSUBJECT");
        Connect();

        IReadOnlyList<PSObject> messages = Succeed("Get-ImapMessage -Thread");
        Assert.Equal([1, 3, 5, 6, 2, 4, 7], Uids(messages));
        Assert.Equal([1, 1, 1, 1, 2, 2, 7], messages.Select(message => Property<int>(message, "Thread")));
        Assert.Equal([0, 1, 2, 1, 0, 1, 0], messages.Select(message => Property<int>(message, "ThreadDepth")));
        Assert.Equal(byServer ? 1 : 0, Proxy.Count("UID THREAD"));

        // What is left of a thread goes by the first that is left.
        messages = Succeed("Get-ImapMessage -Thread -Uid 3, 5, 7");
        Assert.Equal([3, 5, 7], Uids(messages));
        Assert.Equal([3, 3, 7], messages.Select(message => Property<int>(message, "Thread")));
        Assert.Equal([2, 4, 7], Uids(Succeed("Get-ImapMessage -Thread -Skip 4")));
    }

    [Fact]
    public void A_thread_deeper_than_the_stack()
    {
        User.DeliverMany("INBOX", 2_000, i =>
        {
            string links = i == 0 ? "" : $"In-Reply-To: <{i - 1}@x>\r\nReferences: <{i - 1}@x>\r\n";
            return new SeedMessage($"Message-ID: <{i}@x>\r\n{links}Subject: Re: deep\r\n\r\nx\r\n");
        });
        Proxy.HideCapability("THREAD=REFERENCES", "THREAD=REFS", "THREAD=ORDEREDSUBJECT");
        Connect();
        IReadOnlyList<PSObject> messages = Succeed("Get-ImapMessage -Thread");
        Assert.Equal(2_000, messages.Count);
        Assert.Equal(1_999, Property<int>(messages[^1], "ThreadDepth"));
    }

    [Fact]
    public void Headers_and_previews_come_with_the_window()
    {
        User.DeliverMany("INBOX", 300, i =>
            new SeedMessage($"X-Spam-Score: {i}\r\nReceived: b\r\nReceived: a\r\n"
            + $"{Message(Text($"{i}"), body: Text($"Text  of\r\nmessage {i}"))}"));
        Connect();
        PSObject[] messages = [.. Succeed("Get-ImapMessage -Include Preview, Headers")];
        Assert.Equal("Text of message 299", Property<string>(messages[299], "Preview").Trim());
        object[] headers = LanguagePrimitives.ConvertTo<object[]>(messages[299].Properties["Headers"].Value);
        Assert.Equal(["X-Spam-Score: 299", "Received: b", "Received: a"], headers.Take(3).Select(header => header.ToString()));
        Assert.Equal(300, Proxy.FetchResponses);
        Assert.Equal(3, Proxy.Count("UID FETCH"));

        PSObject one = Succeed("Get-ImapMessage -Uid 300 -Headers x-spam-score, Received, List-Id")[0];
        Assert.Equal("X-Spam-Score: 299, Received: b, Received: a",
            string.Join(", ", LanguagePrimitives.ConvertTo<object[]>(one.Properties["Headers"].Value)));
        Assert.Null(one.Properties["Preview"].Value);
        Assert.Empty(LanguagePrimitives.ConvertTo<object[]>(Succeed("Get-ImapMessage -Uid 300")[0].Properties["Headers"].Value));
        Assert.Equal(299, Property<int>(
            Assert.Single(Succeed("Get-ImapMessage -Headers X-Spam-Score -Filter { $_.Headers.Value -eq '298' }")), "Uid"));
        Assert.Equal(0, Proxy.Count("SELECT"));
    }

    [Fact]
    public void Previews_of_a_server_without_PREVIEW()
    {
        User.DeliverMany("INBOX", 50, i => new SeedMessage(Message(Text($"{i}"), body: Text($"Text of message {i}"))));
        Proxy.HideCapability("PREVIEW", "PREVIEW=FUZZY");
        Connect();
        Assert.Equal("Text of message 49", Property<string>(Succeed("Get-ImapMessage -Include Preview")[49], "Preview").Trim());
        Assert.InRange(Proxy.Count("UID FETCH"), 2, 4);
        Assert.All(Proxy.Commands, command => Assert.DoesNotMatch(@"BODY\[", command.Line));
    }

    [Fact]
    public void Texts_come_many_at_a_time_and_can_be_filtered_by()
    {
        User.DeliverMany("INBOX", 250, i => new SeedMessage(Message(Text($"{i}"), body: Text($"The code is {i}."))));
        Connect();
        IReadOnlyList<PSObject> messages = Succeed("Get-ImapMessage -Include Body");
        Assert.Equal(Enumerable.Range(0, 250).Select(i => Text($"The code is {i}.")),
            messages.Select(message => Property<string>(message, "Body").Trim()));
        Assert.InRange(Proxy.Count("UID FETCH"), 6, 10);
        Assert.Equal(0, Proxy.Count("SELECT"));
        Assert.All(Proxy.Commands, command => Assert.DoesNotMatch(@"BODY\[", command.Line));

        Assert.Equal(249, Property<int>(Assert.Single(Succeed("Get-ImapMessage -Include Body -Filter { $_.Body -match '\\b248\\b' }")),
            "Uid"));
    }

    [Theory]
    [InlineData("-Newest 2 -SortBy Received", "-SortBy and -Newest exclude each other.")]
    [InlineData("-Thread -Newest 2", "-Newest and -Thread exclude each other.")]
    [InlineData("-Thread -SortBy Size", "-SortBy and -Thread exclude each other.")]
    [InlineData("-Descending", "-Descending can be used only with -SortBy.")]
    public void Orders_that_exclude_each_other(string parameters, string message)
    {
        Connect();
        Assert.Equal(message, AssertError(Run($"Get-ImapMessage {parameters}"), "ArgumentInvalid").Exception.Message);
        Assert.Empty(Proxy.Commands);
        Succeed("Get-ImapMessage -Newest 2 -Thread:$false -Descending:$false");
    }

    [Theory]
    [InlineData("Get-ImapMessage -NewerThan 3 -OlderThan 5", "-NewerThan 5d -OlderThan 3d")]
    [InlineData("Get-ImapMessage -OlderThan 12h -NewerThan 1.5h", "-NewerThan 12:00:00 -OlderThan 01:30:00")]
    [InlineData("Assert-ImapMessage -NewerThan 3 -OlderThan 4 -None", "-NewerThan 4d -OlderThan 3d")]
    [InlineData("Wait-ImapMessage -NewerThan 3 -OlderThan 5 -TimeoutSeconds 0", "-NewerThan 5d -OlderThan 3d")]
    public void Ages_that_no_message_has(string command, string advice)
    {
        Connect();
        ErrorRecord error = AssertError(Run(command), "FilterInvalid");
        Assert.Contains("-NewerThan and -OlderThan exclude each other", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Proxy.Commands);
        Succeed("Get-ImapMessage -NewerThan 5 -OlderThan 3");
    }

    private static IEnumerable<int> Uids(IEnumerable<PSObject> messages) => messages.Select(message => Property<int>(message, "Uid"));

    /// <summary>RFC 5256, said once more.</summary>
    private static IEnumerable<int> Expected(IEnumerable<PSObject> messages, string parameters)
    {
        IOrderedEnumerable<PSObject> sorted = messages.OrderBy(_ => 0);
        foreach (string key in parameters.Split(' ')[1..].TakeWhile(word => word[0] != '-').Select(word => word.Trim(',')))
        {
            Func<PSObject, IComparable> value = key switch
            {
                "Received" or "Date" => message => Property<DateTimeOffset>(message, key),
                "Size" => message => Property<long>(message, key),
                "Subject" => message => Property<string>(message, key).Split(": ")[^1].ToUpperInvariant(),
                _ => message => LanguagePrimitives.ConvertTo<object[]>(message.Properties[key].Value)[0].ToString()!.ToUpperInvariant(),
            };
            var comparer = Comparer<IComparable>.Create((x, y) => x is string a ? string.CompareOrdinal(a, (string)y) : x.CompareTo(y));
            sorted = parameters.EndsWith("-Descending", StringComparison.Ordinal)
                ? sorted.ThenByDescending(value, comparer)
                : sorted.ThenBy(value, comparer);
        }

        return Uids(sorted.ThenBy(message => Property<int>(message, "Uid")));
    }

    private void Deliver(string id, string subject, int days, params string[] references)
    {
        string line = string.Join(" ", references.Select(reference => $"<{reference}@x>"));
        string links = references.Length == 0 ? "" : $"In-Reply-To: <{references[^1]}@x>\r\nReferences: {line}\r\n";
        User.Deliver("INBOX",
            $"Message-ID: <{id}@x>\r\n{links}Subject: {subject}\r\nDate: "
            + $"{_noon.AddDays(days).ToString("r", CultureInfo.InvariantCulture)}\r\n\r\nx\r\n");
    }
}

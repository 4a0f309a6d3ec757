using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using CsCheck;
using ImapPS.Models;
using ImapPS.Sandbox;
using ImapPS.Search;
using ImapPS.Tests.Filters;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace ImapPS.Tests.Alone;

/// <summary>
/// Whatever the filter: every message for which the block holds is among those that the server is asked for. Alone, since it changes the
/// process's time zone.
/// </summary>
public sealed class FilterEqualityTests(MailServer mail) : ModuleTest(mail)
{
    private const int BatchSize = 50;
    private const int Workers = 2;
    private const int MostReports = 5;

    private static readonly int _filters = Amount.Filters;

    private static readonly (string Culture, string TimeZone)[] _places =
    [
        ("en-US", "America/New_York"),
        ("tr-TR", "Europe/Istanbul"),
        ("ar-SA", "Asia/Riyadh"),
        ("th-TH", "Australia/Lord_Howe"),
    ];

    /// <summary>
    /// What has been found, and what chance hardly finds: letters that only case makes equal, collation, Dovecot's addresses and dates.
    /// </summary>
    private static readonly string[] _known =
    [
        "$_.Subject -like '*istanbul*'", "$_.Subject -match 'istanbul'", "$_.Subject -like '*kelvin*'", "$_.Subject -match 'message'",
        "$_.Subject -eq 'order 34'",
        "$_.Subject -eq 'softhyphen raw'", "$_.Subject -like 'zerowidth*'", "$_.Subject.StartsWith('zerowidth')", "$_.Subject -eq 'aarhus'",
        "$_.Subject -like '*invoice*'", "$_.Subject -like 'coop'",
        "$_.Subject -like 'a[]-]b'", "$_.From -like '*l*'", "$_.From.Name -match 'john'", "$_.From.Address -like '*john.doe@example.org'",
        "$_.From -match 'kelvin'", "$_.From.Name -like '*istanbul*'",
        "$_.From -eq 'JOHN.doe@example.org'", "$_.From -contains 'John <john.doe@example.org>'", "'john.doe@example.org' -in $_.From",
        "$_.From[0] -ceq 'john.doe@EXAMPLE.org'",
        "$_.To.Address -like '*münchen*'", "$_.Date -lt '2026-03-09'", "$_.Date -eq $null", "$null -lt $_.Date",
        "($_.Date.DateTime -ge $local) -or ($local -ge $_.Date.UtcDateTime)",
    ];

    /// <summary>Always the same, unless somebody wants to look further.</summary>
    private static ulong Seed { get; } =
        ulong.Parse(Environment.GetEnvironmentVariable("IMAPPS_FILTER_SEED") ?? "20260302", CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_server_narrows_and_no_more()
    {
        foreach ((byte[] raw, MessageState state) in AwkwardMailbox.Messages()) User.Deliver("INBOX", raw, state);
        Connect();
        ImapMessage[] messages = [.. Succeed("Get-ImapMessage").Select(message => (ImapMessage)message.BaseObject)];
        Assert.Equal(AwkwardMailbox.Messages().Count(), messages.Length);

        string? zone = Environment.GetEnvironmentVariable("TZ");
        var watch = Stopwatch.StartNew();
        int narrowed = 0;
        try
        {
            for (int place = 0; place < _places.Length; place++)
            {
                Environment.SetEnvironmentVariable("TZ", _places[place].TimeZone);
                TimeZoneInfo.ClearCachedData();
                CultureInfo culture = new(_places[place].Culture);
                int first = place * Workers;
                int[] counts = await Task.WhenAll(
                    Enumerable.Range(first, Workers).Select(seed => Task.Run(() => CheckAsync(messages, culture, seed), Cancellation)));
                narrowed += counts.Sum();
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{narrowed} of {_filters} filters narrowed the search, {watch.Elapsed.TotalSeconds:F1} s.");
        Assert.InRange(narrowed, _filters / 3, _filters);
    }

    private async Task<int> CheckAsync(ImapMessage[] messages, CultureInfo culture, int seed)
    {
        using var client = new ImapClient();
        await client.ConnectAsync("localhost", Dovecot.Port, SecureSocketOptions.None, Cancellation);
        await client.AuthenticateAsync(User.Name, User.Password, Cancellation);
        await client.Inbox.OpenAsync(FolderAccess.ReadOnly, Cancellation);
        using PowerShellEngine engine = FilterTest.Start(culture);
        Assert.Empty(engine.Invoke(RandomFilters.Scope).AllErrors);

        int narrowed = 0;
        var reports = new List<string>();
        int lastBatch = Math.Max(1, _filters / BatchSize / (_places.Length * Workers));
        Gen<FilterText[]> batches = new RandomFilters(messages).Filter.Array[BatchSize];

        // One batch after another of a fixed seed: what it finds, it finds again.
        PCG random = new((uint)seed, Seed);
        for (int i = 0; i <= lastBatch; i++)
        {
            FilterText[] batch = i == 0 ? [.. _known.Select(text => new FilterText(text))] : batches.Generate(random, null, out _);
            List<(FilterText Filter, string Failure)> failures = [];
            foreach ((FilterText filter, string? failure, bool isNarrowed) in await TryAsync(batch))
            {
                if (isNarrowed) narrowed++;
                if (failure is not null) failures.Add((filter, failure));
            }

            if (failures.Count > 0) reports.Add(await ReportAsync(failures[0].Filter));
            if (reports.Count == MostReports) break;
        }

        Assert.True(reports.Count == 0, string.Join("\n\n", reports));
        return narrowed;

        async Task<string> ReportAsync(FilterText filter)
        {
            string failure = "";
            for (FilterText? simpler = filter; simpler is not null;)
            {
                filter = simpler;
                failure = (await TryAsync([filter])).Single().Failure ?? failure;
                simpler = null;
                foreach (FilterText candidate in filter.Simpler())
                {
                    if ((await TryAsync([candidate])).Single().Failure is null) continue;

                    simpler = candidate;
                    break;
                }
            }

            return $"Seed {Seed}/{seed}, {culture.Name}, {TimeZoneInfo.Local.Id}:\n{{ {filter} }}\n{failure}";
        }

        async Task<List<(FilterText Filter, string? Failure, bool IsNarrowed)>> TryAsync(IReadOnlyList<FilterText> filters)
        {
            var script = new StringBuilder("foreach ($filter in ");
            script.AppendJoin(",\n", filters.Select(filter => $"{{ {filter} }}"));
            script.Append(") { [pscustomobject]@{ SearchTerm = Test-Filter $filter -SearchTerm; Found = @($messages "
                + "| Where-Object $filter) } }");
            EngineResult result =
                await engine.InvokeAsync(script.ToString(),
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["messages"] = messages }, Cancellation);
            Assert.True(result.TerminatingError is null && result.Output.Count == filters.Count, $"{result.TerminatingError}\n{script}");

            var checkedFilters = new List<(FilterText, string?, bool)>();
            foreach ((FilterText filter, PSObject output) in filters.Zip(result.Output))
            {
                var condition = (ImapPS.Search.SearchTerm)((PSObject)output.Properties["SearchTerm"].Value).BaseObject;
                SearchQuery? query = condition.ToQuery(new ServerAbilities());
                if (query is null)
                {
                    checkedFilters.Add((filter, null, false));
                    continue;
                }

                HashSet<uint> asked = [.. (await client.Inbox.SearchAsync(query, Cancellation)).Select(uid => uid.Id)];
                ImapMessage[] found =
                    [.. ((object[])output.Properties["Found"].Value)
                    .Select(message => (ImapMessage)(message is PSObject wrapped ? wrapped.BaseObject : message))];
                ImapMessage? missing = found.FirstOrDefault(message => !asked.Contains(message.Uid));
                checkedFilters.Add((filter, missing is null
                    ? null
                    : $"Missing: {Describe(missing)}\nSEARCH {QueryText.Of(query)}", asked.Count < messages.Length));
            }

            return checkedFilters;
        }
    }

    private static string Describe(ImapMessage message) =>
        $"UID {message.Uid}, subject <{message.Subject}>, from <{string.Join("; ", message.From)}>, to "
            + $"<{string.Join("; ", message.To)}>, cc <{string.Join("; ", message.Cc)}>, reply-to "
            + $"<{string.Join("; ", message.ReplyTo)}>, id <{message.MessageId}>, in-reply-to <{message.InReplyTo}>, "
            + $"date {message.Date:o}, received {message.Received:o}, {message.Flags}";
}

using System.Globalization;
using System.Text;
using ImapPS.Sandbox;
using ProxyCommand = ImapPS.Sandbox.ProxyCommand;

namespace ImapPS.Tests.Syncing;

/// <summary>
/// A synchronization whose connections are cut at each command, on either side: with retries it goes on, without it ends; in both cases
/// nothing is doubled and nothing lost once it has been run again, and a run after that changes nothing.
/// </summary>
public sealed class InterruptedSyncTests(MailServer mail) : SyncTest(mail)
{
    private const int Many = 130;

    private readonly StringBuilder _table = new StringBuilder().AppendLine();
    private readonly string _directory = Directory.CreateTempSubdirectory("imapps-").FullName;
    private int _runs;

    public static TheoryData<bool, string, bool, bool> Cases()
    {
        var cases = new TheoryData<bool, string, bool, bool>();
        foreach (string moment in Cuts.ByMoment.Keys)
        {
            cases.Add(true, moment, true, false);
            cases.Add(false, moment, true, true);
            cases.Add(true, moment, false, true);
            cases.Add(false, moment, false, false);
        }

        return cases;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Cut_everywhere(bool there, string moment, bool retries, bool records)
    {
        User.DeliverMany("From", Many, i => new SeedMessage(Encoding.Latin1.GetString(Cuts.Sample(i)), new MessageState(
            new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(i), i % 2 == 0 ? SystemFlags.Seen : SystemFlags.None)));
        IReadOnlyList<string> wanted = await ContentsAsync("From", User);
        FaultProxy proxy = there ? OtherProxy : Proxy;
        IReadOnlyList<ProxyCommand> usual = [];
        await RunAsync("nothing", () => { }, () => usual = proxy.Commands, wanted, retries, records);
        for (int i = 0; i < usual.Count; i++)
        {
            // Halfway through a line, the second FETCH is like the first.
            if (!Cuts.AreDistinct(moment) && usual.Take(i).Any(command => command.Verb == usual[i].Verb)) continue;
            if (!Cuts.AreDue(moment, i)) continue;

            int number = i;
            await RunAsync($"{usual[i].Verb} ({i + 1}) {moment}", () => proxy.CutAt(number, Cuts.ByMoment[moment]), () => { }, wanted,
                retries, records);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(_table.ToString());
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task Cut_while_a_folder_is_made(string moment)
    {
        User.DeliverMany("From", 5, i => new SeedMessage(Encoding.Latin1.GetString(Cuts.Sample(i))));
        IReadOnlyList<string> wanted = await ContentsAsync("From", User);
        int commands = 1;
        for (int number = 0; number < commands; number++)
        {
            if (number > 0) Succeed("Get-ImapSession | Where-Object Name -in $names | Disconnect-Imap",
                ("names", new[] { OtherName, $"{User.Name}@localhost" }));
            ConnectBoth();
            Succeed("Set-ImapFolder From -Subscribed $true");
            OtherProxy.Clear();
            string to = Text($"New{number:D3}/Below");
            if (number > 0) OtherProxy.CutAt(number - 1, Cuts.ByMoment[moment]);
            AssertEqual(Sync($"From -Map @{{ From = '{to}' }}"));
            if (number == 0) commands = OtherProxy.Commands.Count;
            OtherProxy.ClearRules();
            Assert.Equal(wanted, await ContentsAsync(to, Other));
            Assert.Equal("True", Succeed($"(Get-ImapFolder {to} -Session $other).Subscribed").Single().ToString());
        }
    }

    /// <summary>A counterpart of which some is there already, with other flags, and more than there should be.</summary>
    private async Task RunAsync(string what, Action arrange, Action after, IReadOnlyList<string> wanted, bool retries, bool records)
    {
        string to = Text($"To{++_runs:D3}");
        Other.DeliverMany(to, 10, i => new SeedMessage(i < 6 ? Encoding.Latin1.GetString(Cuts.Sample(i * 20)) : Message("extra"),
            new MessageState(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(i * 20), SystemFlags.Flagged)));
        if (_runs > 1) Succeed("Get-ImapSession | Where-Object Name -in $names | Disconnect-Imap",
            ("names", new[] { OtherName, $"{User.Name}@localhost" }));
        ConnectBoth(retries ? "" : "-RetryCount 0");
        string state = records ? $"-StatePath '{Path.Combine(_directory, to)}'" : "";
        string script = $"Sync-ImapFolder From -ToSession $other -Map @{{ From = '{to}' }} -RemoveExtra -Force {state}";
        Proxy.Clear();
        arrange();
        EngineResult result = Run(script);
        after();
        Proxy.ClearRules();
        OtherProxy.ClearRules();
        string[] errors = [.. result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];
        _table.AppendLine(CultureInfo.InvariantCulture, $"{what}: {string.Join(' ', errors.Distinct())}");
        Assert.True(!retries || errors.Length == 0, _table.ToString());
        if (errors.Length > 0) result = Run(script);
        Assert.True(!result.AllErrors.Any(), $"{_table}{string.Join('\n', result.AllErrors)}");
        AssertEqual(result.Output);
        Assert.Equal(wanted, await ContentsAsync(to, Other));
        OtherProxy.Clear();
        AssertEqual(Succeed(script));
        AssertNothingChangesThere();
    }
}

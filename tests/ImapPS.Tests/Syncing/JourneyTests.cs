using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using ImapPS.Sandbox;
using ImapPS.Tests.Administration;

namespace ImapPS.Tests.Syncing;

/// <summary>
/// Twenty folders from Dovecot to Cyrus, and back to another mailbox of Dovecot: cut off again and again on either side, they arrive with
/// nothing doubled and nothing lost, and then a run changes nothing.
/// </summary>
public sealed class JourneyTests(MailServer mail, CyrusFixture cyrus) : CyrusTest(mail, cyrus)
{
    private static readonly string[] _changing =
        ["APPEND", "CREATE", "UID STORE", "UID EXPUNGE", "EXPUNGE", "SUBSCRIBE", "UNSUBSCRIBE", "DELETE", "RENAME"];

    private readonly string _state = Path.GetTempFileName();
    private FaultProxy? _cyrusProxy;

    private FaultProxy CyrusProxy => _cyrusProxy ??= FaultProxy.Start(Cyrus.Port);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_cyrusProxy is not null) await _cyrusProxy.DisposeAsync();
        File.Delete(_state);
        GC.SuppressFinalize(this);
    }

    /// <summary>IMAPPS_TEST_CUTS, a quarter of them in each direction: each cut is followed by a whole comparison.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Cut_off_again_and_again(bool back) => TravelAsync(back, each: 6, cuts: Amount.Cuts / 4);

    /// <summary>Ten thousand messages, fifty cuts in each direction: run on purpose, since it takes minutes.</summary>
    [Theory(Explicit = true)]
    [InlineData(false)]
    [InlineData(true)]
    public Task Ten_thousand_cut_off_again_and_again(bool back) =>
        TravelAsync(back, each: Amount.Sync / MailboxJourney.Folders.Count, cuts: 50);

    /// <summary>How long ten thousand messages take there and back, and a second run.</summary>
    [Theory(Explicit = true)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_thousand_at_once(bool records)
    {
        MailboxJourney.Fill(User, Amount.Sync / MailboxJourney.Folders.Count);
        MailLogin there = await Cyrus.AddUserAsync(Cancellation);
        MailUser back = Dovecot.CreateUser();
        await MeasureAsync("there", false, User, there, records);
        await MeasureAsync("back", true, back, there, records);
        Assert.Equal(await HeldAsync(User), await HeldAsync(back));
    }

    private async Task MeasureAsync(string what, bool back, MailUser user, MailLogin there, bool records)
    {
        Open(back, user, there);
        foreach (string run in new[] { "first", "second", "third" })
        {
            Proxy.Clear();
            CyrusProxy.Clear();
            var watch = Stopwatch.StartNew();
            IReadOnlyList<PSObject> results = Succeed(Script(records));
            Tell($"{what}, {run}{(records ? " with a file" : "")}: {MailboxJourney.Count(watch.Elapsed, Proxy, CyrusProxy)}");
            AssertEqual(results);
            if (run != "first") AssertNothingChanges();
        }

        Assert.Equal(Amount.Sync, (await HeldOnCyrusAsync(there)).Count);
    }

    private async Task TravelAsync(bool back, int each, int cuts)
    {
        MailboxJourney.Fill(User, each);
        IReadOnlyList<string> wanted = await HeldAsync(User);
        Assert.Equal(MailboxJourney.Folders.Count * each, wanted.Count);
        MailLogin there = await Cyrus.AddUserAsync(Cancellation);

        // One mailbox goes through uncut, so that it is known how much is said; on the way back it is where the other comes from.
        Open(false, User, there);
        Succeed(Script(records: false));
        (FaultProxy source, FaultProxy target) = back ? (CyrusProxy, Proxy) : (Proxy, CyrusProxy);
        MailUser user = back ? Dovecot.CreateUser() : User;
        if (back)
        {
            Open(back, Dovecot.CreateUser(), there);
            Succeed(Script(records: false));
        }
        else there = await Cyrus.AddUserAsync(Cancellation);

        (int ofSource, int ofTarget) = (source.Commands.Count, target.Commands.Count);
        var random = new Random(back ? 2 : 1);
        int errors = 0;
        for (int cut = 0; cut < cuts; cut++)
        {
            Open(back, user, there, "-RetryCount 0");
            CutSomewhere(random, source, target, ofSource, ofTarget);
            EngineResult result = Run($"try {{ {Script(records: cut % 4 < 2)} }} catch {{ Write-Error -ErrorRecord $_ }}");
            if (result.AllErrors.Any()) errors++;
            source.ClearRules();
            target.ClearRules();
        }

        Tell(string.Create(CultureInfo.InvariantCulture, $"{errors} of {cuts} runs ended with an error."));

        // What a connection that is lost at the end of a run costs is no error; but a cut that never hits proves nothing.
        Assert.InRange(errors, cuts / 4, cuts);
        foreach (bool records in new[] { true, false })
        {
            Open(back, user, there);
            AssertEqual(Succeed(Script(records)));
        }

        Proxy.Clear();
        CyrusProxy.Clear();
        AssertEqual(Succeed(Script(records: false) + " -RemoveExtra -Force"));
        AssertNothingChanges();
        Assert.Equal(wanted, back ? await HeldAsync(user) : await HeldOnCyrusAsync(there));
    }

    /// <summary>At any command of either, or at an APPEND; in any case no more than one or two of these get through.</summary>
    private static void CutSomewhere(Random random, FaultProxy source, FaultProxy target, int ofSource, int ofTarget)
    {
        ProxyAction action = random.Next(4) switch
        {
            0 => ProxyAction.CutBefore,
            1 => ProxyAction.CutAfterExecution,
            2 => ProxyAction.CutMidCommand(random.Next(1, 1_500)),
            _ => ProxyAction.CutMidResponse(random.Next(1, 1_500)),
        };
        switch (random.Next(3))
        {
            case 0:
                source.CutAt(random.Next(ofSource), action);
                break;
            case 1:
                target.CutAt(random.Next(ofTarget), action);
                break;
            default:
                target.CutAt("APPEND", random.Next(2), action);
                break;
        }

        target.CutAt("APPEND", random.Next(1, 3), ProxyAction.CutBefore);
    }

    private string Script(bool records) => "Sync-ImapFolder -Session $from -ToSession $to"
        + (records ? $" -StatePath '{_state}'" : string.Empty);

    /// <summary>Opens sessions $from and $to, and forgets what was said before.</summary>
    private void Open(bool back, MailUser user, MailLogin there, string parameters = "")
    {
        Succeed("if ($from) { $from, $to | Disconnect-Imap }");
        foreach ((string name, int port, string who, string password) in new[]
            {
                (back ? "to" : "from", Proxy.Port, user.Name, user.Password),
                (back ? "from" : "to", CyrusProxy.Port, there.Name, there.Password),
            })
        {
            Succeed($"$global:{name} = Connect-Imap localhost -Port $p -Security None -AllowPlaintext -Credential $who "
                + $"-RetryDelaySeconds 0 -TimeoutSeconds 600 {parameters}", ("p", port), ("who", CredentialOf(who, password)));
        }

        Proxy.Clear();
        CyrusProxy.Clear();
    }

    private static Task<IReadOnlyList<string>> HeldAsync(MailUser user) =>
        MailboxJourney.HeldAsync(user, Cancellation);

    private Task<IReadOnlyList<string>> HeldOnCyrusAsync(MailLogin user) =>
        MailboxJourney.HeldAsync(Cyrus, user, Cancellation);

    private void AssertNothingChanges() => Assert.DoesNotContain(Proxy.Commands.Concat(CyrusProxy.Commands),
        command => _changing.Contains(command.Verb, StringComparer.Ordinal));

    private static void AssertEqual(IEnumerable<PSObject> results) => Assert.All(results, result =>
        Assert.True(Property<bool>(result, "IsEqual"), $"{result.Properties["Folder"].Value}: {result.Properties["Differences"].Value}"));

    private static void Tell(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}

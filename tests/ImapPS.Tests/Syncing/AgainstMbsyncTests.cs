using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using ImapPS.Sandbox;
using ImapPS.Tests.Administration;

namespace ImapPS.Tests.Syncing;

/// <summary>The same mailbox by mbsync (Debian's isync), time side by side: run on purpose.</summary>
public sealed class AgainstMbsyncTests(MailServer mail, CyrusFixture cyrus) : CyrusTest(mail, cyrus)
{
    private readonly string _directory = Directory.CreateTempSubdirectory("imapps-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact(Explicit = true)]
    public async Task Ten_thousand_messages_from_Dovecot_to_Cyrus()
    {
        await DebianPackage.FindOrInstallAsync(() => DebianPackage.Which("mbsync"), ["isync"], Cancellation);
        MailboxJourney.Fill(User, Amount.Sync / MailboxJourney.Folders.Count);
        IReadOnlyList<string> wanted = await MailboxJourney.HeldAsync(User, Cancellation);
        for (int round = 0; round < 2; round++)
        {
            MailLogin theirs = await Cyrus.AddUserAsync(Cancellation);
            string configuration = Configure(theirs, round);
            foreach (string run in new[] { "first", "second" })
            {
                Tell($"mbsync, {run} run: {await TimeAsync(() => MbsyncAsync(configuration)):F1} s");
            }

            MailLogin ours = await Cyrus.AddUserAsync(Cancellation);
            string state = Path.Combine(_directory, Text($"state{round}"));
            foreach (string run in new[] { "first", "second" })
            {
                Succeed("if ($from) { $from, $to | Disconnect-Imap }");
                double seconds = await TimeAsync(() =>
                {
                    Open("from", Dovecot.Port, User.Name, User.Password);
                    Open("to", Cyrus.Port, ours.Name, ours.Password);
                    IReadOnlyList<PSObject> results = Succeed($"Sync-ImapFolder -Session $from -ToSession $to -StatePath '{state}'");
                    Assert.All(results, result => Assert.True(Property<bool>(result, "IsEqual")));
                    return Task.CompletedTask;
                });
                Tell(Text($"Sync-ImapFolder, {run} run: {seconds:F1} s"));
            }

            Assert.Equal(wanted, await MailboxJourney.HeldAsync(Cyrus, ours, Cancellation));
            IReadOnlyList<string> held = await MailboxJourney.HeldAsync(Cyrus, theirs, Cancellation);

            // It puts an X-TUID field into each copy, by which it finds it again.
            Tell(Text($"mbsync: {held.Count} messages, {held.Intersect(wanted).Count()} of them as they were"));
        }
    }

    private void Open(string name, int port, string user, string password) => Succeed(
        $"$global:{name} = Connect-Imap localhost -Port $p -Security None -AllowPlaintext -Credential $who",
        ("p", port), ("who", CredentialOf(user, password)));

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    private string Configure(MailLogin there, int round)
    {
        string path = Path.Combine(_directory, Text($"mbsyncrc{round}"));
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"""
            IMAPAccount from
            Host 127.0.0.1
            Port {Dovecot.Port}
            User {User.Name}
            Pass {User.Password}
            SSLType None
            AuthMechs LOGIN
            Timeout 600

            IMAPAccount to
            Host 127.0.0.1
            Port {Cyrus.Port}
            User {there.Name}
            Pass {there.Password}
            SSLType None
            AuthMechs LOGIN
            Timeout 600

            IMAPStore from
            Account from

            IMAPStore to
            Account to

            Channel all
            Far :from:
            Near :to:
            Patterns *
            Sync Pull
            Create Near
            Expunge None
            CopyArrivalDate yes
            SyncState {_directory}/mbsync{round}-

            """));
        return path;
    }

    private static async Task MbsyncAsync(string configuration)
    {
        using var process = Process.Start(new ProcessStartInfo("mbsync", ["-q", "-c", configuration, "all"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        Task<string> said = process.StandardError.ReadToEndAsync(Cancellation);
        await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        if (process.ExitCode != 0) Tell(await said);
    }

    private static void Tell(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}

using System.Diagnostics;
using ImapPS.Backups;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>A hundred thousand messages: run on purpose, since it takes minutes.</summary>
public sealed class LargeBackupTests(MailServer mail) : BackupTest(mail)
{
    [Fact(Explicit = true)]
    public void A_second_run_over_a_hundred_thousand_messages_costs_nothing()
    {
        User.DeliverMany("INBOX", Amount.Backup,
            i => new SeedMessage(Text($"Message-ID: <{i}@example.org>\r\nSubject: {i}\r\n\r\nText {i}\r\n")));
        Connect("-TimeoutSeconds 600");
        Measure("first");
        Measure("second");
        Measure("third");
        Assert.Single(Proxy.Commands);
        Assert.InRange(Proxy.BytesToClient, 0, 3_000);
    }

    private void Measure(string run)
    {
        Proxy.Clear();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        BackUp();
        TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime - before;
        TestContext.Current.TestOutputHelper!.WriteLine(Text($"{run}: {watch.Elapsed.TotalSeconds:F2} s, CPU {used.TotalSeconds:F2} s, ")
            + Text($"{Proxy.Commands.Count} commands, {Proxy.BytesToServer + Proxy.BytesToClient} octets, ")
            + Text($"manifest {new FileInfo(Path.Combine(Root, BackupPaths.Manifest)).Length} octets"));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', Proxy.Commands.Take(8)));
    }
}

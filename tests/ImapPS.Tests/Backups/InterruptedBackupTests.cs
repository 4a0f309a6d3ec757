using System.Globalization;
using ImapPS.Backups;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>A backup that was cut off anywhere is completed by the next one, and is then one that never was.</summary>
public sealed class InterruptedBackupTests(MailServer mail) : BackupTest(mail)
{
    private const int Messages = 120;

    /// <summary>IMAPPS_TEST_CUTS: how many.</summary>
    private static int Cuts => Amount.Cuts;

    /// <summary>The connection is cut and not opened again, after each so many octets; the run after it goes on with what is left.</summary>
    [Fact]
    public void The_connection_is_cut()
    {
        Prepare();
        Connect("-RetryCount 0");
        string whole = Root + "-whole";
        Proxy.Clear();
        Succeed("Backup-ImapFolder -Path $whole", ("whole", whole));
        long octets = Proxy.BytesToClient;
        Assert.Equal(Messages + 30, Fetched);
        IReadOnlyList<string> expected = HeldIn(whole);
        for (int i = 0; i < Cuts; i++)
        {
            string root = Root + i.ToString(CultureInfo.InvariantCulture);
            Proxy.Clear();
            Proxy.CutAfterBytesToClient(octets * (i + 1) / (Cuts + 1));
            Run("try { Backup-ImapFolder -Path $r } catch { }", ("r", root));
            AssertConsistent(root);
            int before = Directory.Exists(root) ? ManifestReader.Read(root).Folders.Sum(folder => folder.Entries.Count) : 0;
            Proxy.CutAfterBytesToClient(long.MaxValue);
            Proxy.Clear();
            Succeed("Backup-ImapFolder -Path $r", ("r", root));
            Assert.Equal(Messages + 30 - before, Fetched);
            Assert.Equal(expected, HeldIn(root));
            Assert.True((bool)Succeed("Test-ImapBackup $r -Quiet", ("r", root)).Single().BaseObject);
            Directory.Delete(root, recursive: true);
        }

        Directory.Delete(whole, recursive: true);
    }

    /// <summary>The connection is cut and opened again: one run is enough, and fetches nothing twice but what was under way.</summary>
    [Fact]
    public void The_connection_is_cut_and_opened_again()
    {
        Prepare();
        Connect();
        string whole = Root + "-whole";
        Proxy.Clear();
        Succeed("Backup-ImapFolder -Path $whole", ("whole", whole));
        long octets = Proxy.BytesToClient;
        IReadOnlyList<string> expected = HeldIn(whole);
        for (int i = 0; i < 10; i++)
        {
            string root = Root + i.ToString(CultureInfo.InvariantCulture);
            Proxy.CutAfterBytesToClient(octets * (i + 1) / 11);
            Succeed("Backup-ImapFolder -Path $r", ("r", root));
            Assert.Equal(expected, HeldIn(root));
            Assert.True((bool)Succeed("Test-ImapBackup $r -Quiet", ("r", root)).Single().BaseObject);
        }
    }

    /// <summary>What is in the manifest is on the disk, whenever it ends.</summary>
    private void AssertConsistent(string root)
    {
        if (!Directory.Exists(root)) return;

        Assert.All(ManifestReader.Read(root).Folders.SelectMany(folder => folder.Entries), entry =>
            Assert.Null(FileCheck.Run(root, entry, Cancellation)));
    }

    private void Prepare()
    {
        Fill("INBOX", Messages);
        Fill("Lists/one", 30, first: 500);
    }
}

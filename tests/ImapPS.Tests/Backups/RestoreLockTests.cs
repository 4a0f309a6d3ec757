using ImapPS.Backups;
using ImapPS.Errors;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>Two restores to one account do not run at once: each would send what the other sends.</summary>
public sealed class RestoreLockTests(MailServer mail) : BackupTest(mail)
{
    [Fact]
    public async Task A_second_restore_of_a_backup_to_the_same_account_is_refused_meanwhile()
    {
        Fill("Box", 4);
        Connect();
        BackUp("Box");
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        Proxy.Clear();
        using (BackupLock.TakeForRestore(Root, "LOCALHOST", User.Name.ToUpperInvariant(), Proxy.Port))
        {
            AssertError(Run("Restore-ImapFolder Box -Path $root", ("root", Root)), "BackupInUse");
            Assert.DoesNotContain(Proxy.Commands, command => command.Verb is "CREATE" or "APPEND");

            // A preview and a backup are not in the way.
            Succeed("Restore-ImapFolder Box -Path $root -WhatIf", ("root", Root));
            Assert.Empty(Problems(withServer: false));
            Succeed("$null = Backup-ImapFolder INBOX -Path $root", ("root", Root));
        }

        Assert.Equal(4, Restore("Box")["Box"].Restored);
        Assert.Equal(4, await CountAsync("Box"));
        Assert.Empty(Problems(withServer: false));
        using (BackupLock.TakeForRestore(Root, "localhost", User.Name, Proxy.Port))
        {
            MailUser other = Dovecot.CreateUser();
            Succeed("$global:other = Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $c",
                ("c", CredentialOf(other.Name, other.Password)));
            Assert.Equal(4, Restore("Box -Session $other")["Box"].Restored);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Verbose 4> $null")]
    public void A_restore_keeps_others_out_while_it_sends(string verbose)
    {
        Fill("Box", 4);
        Connect();
        BackUp("Box");
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        bool? wasHeld = null;
        Proxy.On("APPEND", ProxyAction.Run(() =>
        {
            wasHeld = IsHeld();
            return Task.CompletedTask;
        }));
        Succeed($"$null = Restore-ImapFolder Box -Path $root {verbose}", ("root", Root));
        Assert.True(wasHeld);
        Assert.False(IsHeld());
    }

    /// <summary>What may ask locks only after the answer: another restore may have sent it all since this one looked.</summary>
    [Fact]
    public async Task What_has_come_before_the_lock_is_not_sent_again()
    {
        Fill("Box", 4);
        Connect();
        BackUp("Box");
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        Proxy.On("LIST", ProxyAction.RunAfterExecution(() =>
        {
            Fill("Box", 4);
            return Task.CompletedTask;
        }));
        Succeed("$null = Restore-ImapFolder Box -Path $root -Verbose 4> $null", ("root", Root));
        Assert.Equal(4, await CountAsync("Box"));
    }

    /// <summary>A backup that can only be read, on a disk of its own, is restored all the same.</summary>
    [Fact]
    public void Where_no_lock_can_be_made_it_is_restored_without_one()
    {
        Fill("Box", 2);
        Connect();
        BackUp("Box");
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        Restore("Box");
        string held = Directory.GetFiles(Root, "restore-*").Single();
        File.Delete(held);
        Directory.CreateDirectory(held);
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        Assert.Equal(2, Restore("Box")["Box"].Restored);
    }

    private bool IsHeld()
    {
        try
        {
            using FileStream? free = BackupLock.TakeForRestore(Root, "localhost", User.Name, Proxy.Port);
            return false;
        }
        catch (ImapException held) when (held.Id == ImapErrorId.BackupInUse)
        {
            return true;
        }
    }
}

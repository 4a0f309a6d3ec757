using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Syncing;

/// <summary>To Courier, whose folders are all below INBOX, with dots, which has neither CONDSTORE nor LIST-EXTENDED, and back.</summary>
public sealed class CourierSyncTests(MailServer mail) : ModuleTest(mail)
{
    private const string Map = "-Map @{ 'Emoji 📬' = 'Mail' }";

    [Fact]
    public async Task There_and_back()
    {
        await using CourierServer courier = await CourierServer.StartAsync(Cancellation);
        await using FaultProxy proxy = FaultProxy.Start(courier.Port);
        MailLogin there = await courier.AddUserAsync(Cancellation);

        // Until an INBOX was selected for the first time, its UIDVALIDITY is the second in which it is asked for.
        await using (RawImapClient first = await RawImapClient.ConnectAsync(courier.Port, Cancellation))
        {
            await first.LoginAsync(there.Name, there.Password, Cancellation);
            (await first.CommandAsync("SELECT INBOX", Cancellation)).EnsureOk("SELECT");
        }

        MailUser back = Dovecot.CreateUser();
        MailboxJourney.Fill(User, 2);
        IReadOnlyList<string> wanted = await MailboxJourney.HeldAsync(User, Cancellation);
        Open("from", Proxy.Port, User.Name, User.Password);
        Open("there", proxy.Port, there.Name, there.Password);
        Open("back", Proxy.Port, back.Name, back.Password);

        // It takes no characters beyond the first 65,536 in names. That costs one error.
        AssertError(Run("Sync-ImapFolder -Session $from -ToSession $there"), "CommandRejected");
        AssertEqual(Succeed($"Sync-ImapFolder -Session $from -ToSession $there {Map}"));
        AssertEqual(Succeed("Sync-ImapFolder -Session $there -ToSession $back -Map @{ 'INBOX.Mail' = 'Emoji 📬' }"));
        Assert.Equal(wanted, await MailboxJourney.HeldAsync(back, Cancellation));

        // The file and the map lead to the same folders as before.
        string state = Path.GetTempFileName();
        foreach (string parameters in new[] { "", $"-StatePath '{state}'", $"-StatePath '{state}'" })
        {
            Proxy.Clear();
            proxy.Clear();
            IReadOnlyList<PSObject> results = Succeed(
                $"Sync-ImapFolder -Session $from -ToSession $there -RemoveExtra -Force {Map} {parameters}");
            AssertEqual(results);
            Assert.DoesNotContain(proxy.Commands, command => command.Verb is "APPEND" or "CREATE" or "SUBSCRIBE" or "UID STORE");
        }

        File.Delete(state);
    }

    private void Open(string name, int port, string user, string password) => Succeed(
        $"$global:{name} = Connect-Imap localhost -Port $p -Security None -AllowPlaintext -Credential $who",
        ("p", port), ("who", CredentialOf(user, password)));

    private static void AssertEqual(IEnumerable<PSObject> results) => Assert.All(results, result =>
        Assert.True(Property<bool>(result, "IsEqual"), $"{result.Properties["Folder"].Value}: {result.Properties["Differences"].Value}"));
}

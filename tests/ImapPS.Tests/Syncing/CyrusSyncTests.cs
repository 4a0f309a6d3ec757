using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;
using ImapPS.Tests.Administration;

namespace ImapPS.Tests.Syncing;

/// <summary>From Dovecot to Cyrus, whose paths have another delimiter, and back to another mailbox of Dovecot.</summary>
public sealed class CyrusSyncTests(MailServer mail, CyrusFixture cyrus) : CyrusTest(mail, cyrus)
{
    private static readonly string[] _folders =
    [
        "INBOX", "Sent", "Junk", "Plain", "Plain/Below", "Plain/Below/It", "With space", "a&b", "Ünïcode", "Русский",
        "日本語", "中文/文件夹",
        "한국어", "العربية", "עברית", "ไทย", "हिन्दी", "Ελληνικά", "Emoji 📬", "v1.0", "100%",
    ];

    [Fact]
    public async Task There_and_back()
    {
        foreach ((string folder, int i) in _folders.Select((folder, i) => (folder, i)))
        {
            User.DeliverMany(folder, 60, n => new SeedMessage(Encoding.Latin1.GetString(Cuts.Sample((i * 60) + n)), new MessageState(
                new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(n), (SystemFlags)(n % 16),
                n % 3 == 0 ? ["$Forwarded", "Work"] : [])));
        }

        await ConnectCyrusAsync();
        ConnectDovecot();

        // One name that the other server does not take costs one error.
        EngineResult first = Run("Sync-ImapFolder -Session $dovecot -ToSession $user");
        AssertError(first, "CommandRejected");
        IReadOnlyList<PSObject> there = [.. first.Output,
            .. Succeed("Sync-ImapFolder 100% -Session $dovecot -ToSession $user -Map @{ '100%' = 'All of it' }")];
        Assert.Equal(_folders.Length * 60, there.Sum(result => Property<int>(result, "Copied")));
        Assert.All(there, AssertEqual);
        Assert.All(Succeed("Sync-ImapFolder -Session $dovecot -ToSession $user -Map @{ '100%' = 'All of it' }"), AssertUntouched);

        MailUser back = Dovecot.CreateUser();
        Succeed("$global:back = Connect-Imap localhost -Port $port -Security None -AllowPlaintext -Credential $who",
            ("who", CredentialOf(back.Name, back.Password)));
        Assert.All(Succeed("Sync-ImapFolder -Session $user -ToSession $back -Map @{ 'All of it' = '100%' }"), AssertEqual);
        Assert.All(Succeed("Sync-ImapFolder -Session $user -ToSession $back -RemoveExtra -Force -Map @{ 'All of it' = '100%' }"),
            AssertUntouched);
        foreach (string folder in _folders)
        {
            // A name that has the other server's delimiter in it cannot be the same there.
            string returned = folder.Replace("v1.0", await IsThereAsync(back, "v1.0") ? "v1.0" : "v1_0", StringComparison.Ordinal);
            Assert.Equal(await ContentsAsync(folder, User), await ContentsAsync(returned, back));
        }
    }

    /// <summary>It has room for 100 keywords in a folder, and refuses a message with another one.</summary>
    [Fact]
    public async Task A_keyword_too_many_costs_no_message()
    {
        const int Many = 110;
        User.DeliverMany("INBOX", Many, i => new SeedMessage(Message(Text($"{i}"))));
        await using (RawImapClient client = await User.ConnectAsync(Cancellation))
        {
            await client.CommandAsync("SELECT INBOX", Cancellation);
            for (int i = 1; i <= Many; i++) (await client.CommandAsync(Text($"STORE {i} +FLAGS (kw{i})"), Cancellation)).EnsureOk("STORE");
        }

        await ConnectCyrusAsync();
        ConnectDovecot();
        EngineResult first = Run("Sync-ImapFolder INBOX -Session $dovecot -ToSession $user");
        Assert.Empty(first.AllErrors);
        Assert.Single(first.Warnings);
        PSObject folder = Assert.Single(first.Output);
        Assert.Equal((Many, Many, 10), (Property<int>(folder, "Copied"), Property<int>(folder, "DestinationCount"),
            Property<int>(folder, "DifferenceCount")));
        Assert.Equal(10, Succeed("(Get-ImapMessage -Session $user).Where{ -not $_.Keywords.Count }").Count);

        // Each keyword is tried once more with each run, and refused.
        EngineResult second = Run("Sync-ImapFolder INBOX -Session $dovecot -ToSession $user -RemoveExtra -Force");
        Assert.Equal(10, second.AllErrors.Count());
        Assert.Equal((0, 10), (Property<int>(Assert.Single(second.Output), "Copied"),
            Property<int>(Assert.Single(second.Output), "DifferenceCount")));
    }

    private static async Task<bool> IsThereAsync(MailUser user, string folder)
    {
        await using RawImapClient client = await user.ConnectAsync(Cancellation);
        return (await client.CommandAsync($"STATUS {RawImapClient.Quote(folder)} (MESSAGES)", Cancellation)).IsOk;
    }

    private async Task<IReadOnlyList<string>> ContentsAsync(string folder, MailUser user)
    {
        IReadOnlyList<byte[]> octets = await StoredAsync(folder, user);
        return HeldMessages.InOrder(octets, await StateAsync(folder, user));
    }

    private static void AssertEqual(PSObject result) =>
        Assert.True(Property<bool>(result, "IsEqual"), $"{result.Properties["Folder"].Value} {result.Properties["DifferenceCount"].Value}");

    private static void AssertUntouched(PSObject result)
    {
        AssertEqual(result);
        Assert.Equal(0, Property<int>(result, "Copied") + Property<int>(result, "FlagsChanged") + Property<int>(result, "Removed"));
    }
}

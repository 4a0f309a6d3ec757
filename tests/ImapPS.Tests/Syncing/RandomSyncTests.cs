using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Syncing;

/// <summary>
/// Two mailboxes with anything in them: after a synchronization that removes what is too many, each folder of the one holds what that of
/// the other does, and a second run changes nothing. Then both change, and it holds again.
/// </summary>
public sealed class RandomSyncTests(MailServer mail) : SyncTest(mail)
{
    private static readonly string[] _folders = ["INBOX", "Sent", "a", "a/b", "Тест", "日本"];
    private static readonly string[] _flags = ["\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft"];
    private static readonly string[] _keywords = ["Work", "Later", "$Forwarded", "$MDNSent"];

    private readonly string _directory = Directory.CreateTempSubdirectory("imapps-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public async Task Anything_becomes_the_same(int seed, bool records)
    {
        var random = new Random(seed);
        string state = records ? $"-StatePath '{Path.Combine(_directory, "state")}'" : "";
        string script = $"Sync-ImapFolder -ToSession $other -RemoveExtra -Force -MaxPercent 100 {state}";
        ConnectBoth();
        for (int round = 0; round < 4; round++)
        {
            foreach (string folder in _folders) await ChangeAsync(folder, random);
            IReadOnlyList<PSObject> results = Succeed(script);
            AssertEqual(results);
            foreach (string folder in _folders) await AssertSameAsync(folder);
            Proxy.Clear();
            OtherProxy.Clear();
            AssertEqual(Succeed(script));
            AssertNothingChangesThere();
        }
    }

    /// <summary>Messages come on either side or on both, in copies too, and some go and change.</summary>
    private async Task ChangeAsync(string folder, Random random)
    {
        foreach (MailUser user in new[] { User, Other })
        {
            user.CreateFolder(folder);
            await using RawImapClient client = await user.ConnectAsync(Cancellation);
            int count = (await client.UidsAsync(folder, cancellationToken: Cancellation)).Count;
            await CommandAsync(client, $"SELECT {RawImapClient.Quote(folder)}");
            for (int i = 1; i <= count; i++)
            {
                if (random.Next(4) == 0) await CommandAsync(client, $"STORE {i} FLAGS ({Flags(random)})");
                else if (random.Next(8) == 0) await CommandAsync(client, $"STORE {i} +FLAGS (\\Deleted)");
            }

            if (random.Next(2) == 0) await CommandAsync(client, "EXPUNGE");
        }

        for (int i = random.Next(12); i > 0; i--)
        {
            (string message, int day) = NewMessage(random);
            DateTimeOffset date = new(2020, 1, day, 0, 0, 0, TimeSpan.Zero);
            int copies = random.Next(5) == 0 ? random.Next(2, 4) : 1;
            for (int copy = 0; copy < copies; copy++)
            {
                if (random.Next(4) > 0) User.Deliver(folder, message, Dated(date, random));
                if (random.Next(4) == 0) Other.Deliver(folder, message, Dated(date, random));
            }
        }
    }

    /// <summary>
    /// Some without Message-ID, and some that differ in nothing that a listing tells. The time of a message that is there cannot be
    /// changed: so each has its own.
    /// </summary>
    private static (string Message, int Day) NewMessage(Random random)
    {
        int number = random.Next(4);
        string text = new((char)('a' + (number % 2)), number / 2 * 10);
        return random.Next(3) switch
        {
            0 => ($"Subject: none\r\n\r\n{text}\r\n", 1),
            1 => ($"Subject: x\r\nMessage-ID: <{number}@example.org>\r\n\r\n{text}\r\n", 2 + number),
            _ => (Message(text), 10),
        };
    }

    private static MessageState Dated(DateTimeOffset date, Random random) => new(date, (SystemFlags)random.Next(32) & ~SystemFlags.Deleted,
        [.. _keywords.Where(_ => random.Next(4) == 0)]);

    private static string Flags(Random random) => string.Join(' ',
        _flags.Concat(_keywords).Where(_ => random.Next(3) == 0));

    private static async Task CommandAsync(RawImapClient client, string command) =>
        (await client.CommandAsync(command, Cancellation)).EnsureOk(command);
}

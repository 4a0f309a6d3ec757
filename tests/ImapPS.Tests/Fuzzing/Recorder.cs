using System.Globalization;
using System.Text;
using ImapPS.Sandbox;
using ImapPS.Tests.Content;

namespace ImapPS.Tests.Fuzzing;

/// <summary>
/// Records what real servers answer to each piece of work, for the fuzzer to change. It is run by hand, when the module asks for other
/// things than it did: CONTRIBUTING.md says how.
/// </summary>
public sealed class Recorder
{
    /// <summary>Larger messages would be most of what is changed.</summary>
    private const int LongestMessage = 2_000;

    private static readonly string[] _folders = [MailboxWork.Destination, "Entwürfe", "日本語", "a\"b\\c"];

    public static TheoryData<string> Servers => ["Dovecot", "Cyrus", "Courier"];

    /// <summary>All that was recorded.</summary>
    internal static IReadOnlyList<Recording> All { get; } = [.. Servers.SelectMany(row => Recording.Read(PathOf(row.Data)))];

    private static IEnumerable<byte[]> Messages =>
    [
        .. AwkwardMessages.ByName.Values.Where(message => message.Length < LongestMessage).Select(Encoding.Latin1.GetBytes),
        .. Enumerable.Range(1, 8).Select(number => Encoding.UTF8.GetBytes(Corpus.Message(number))),
        .. DemoMailbox.Messages(DateTimeOffset.UnixEpoch).Where(message => message.Length < LongestMessage).Take(4),
    ];

    [Theory(Explicit = true)]
    [MemberData(nameof(Servers))]
    public async Task Record(string name)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using IMailServer server = name switch
        {
            "Dovecot" => await DovecotMailServer.StartAsync(cancellation),
            "Cyrus" => await CyrusServer.StartAsync(cancellation),
            _ => await CourierServer.StartAsync(cancellation),
        };
        var recordings = new List<Recording>();
        foreach (string work in MailboxWork.Names)
        {
            MailLogin user = await server.AddUserAsync(cancellation);
            await FillAsync(server, user, cancellation);
            var recording = new Recording($"{server.Name} {server.Version}", work);
            await using RecordingProxy proxy = RecordingProxy.Start(server.Port, recording);
            int idles = 0;
            proxy.Begun = exchange => exchange.Verb == "IDLE" ? HappenAsync(server, user, idles++, cancellation) : Task.CompletedTask;
            string directory = Directory.CreateTempSubdirectory("ImapPS-recorder-").FullName;
            var caller = new Overheard();
            var session = new MailboxWork(MailboxWork.Settings(proxy.Port, user.Name, user.Password) with { TimeoutSeconds = 20 }, caller,
                directory)
            {
                Prefix = server.Prefix,
                Delimiter = server.Delimiter,
                LongestTurn = TimeSpan.FromSeconds(3),
            };
            Assert.True(await session.RunAsync(work, cancellation) > 0, work);
            Directory.Delete(directory, recursive: true);
            recordings.Add(recording);
        }

        Recording.Write(PathOf(name), recordings);
    }

    private static string PathOf(string server) => Path.Combine(Repository.Root, "tests", "ImapPS.Tests", "Fuzzing", "Recordings",
        server + ".txt");

    /// <summary>What another client does while this one listens.</summary>
    private static async Task HappenAsync(IMailServer server, MailLogin user, int number, CancellationToken cancellation)
    {
        await using RawImapClient client = await server.ConnectAsync(user, cancellation);
        if (number == 0)
        {
            await client.AppendAsync("INBOX", Messages.First(), cancellationToken: cancellation);
            return;
        }

        await client.CommandAsync("SELECT INBOX", cancellation);
        await client.CommandAsync("STORE 1 +FLAGS (\\Flagged $Later)", cancellation);
        await client.CommandAsync("STORE 2:3 +FLAGS (\\Deleted)", cancellation);
        await client.CommandAsync("EXPUNGE", cancellation);
    }

    private static async Task FillAsync(IMailServer server, MailLogin user, CancellationToken cancellation)
    {
        await using RawImapClient client = await server.ConnectAsync(user, cancellation);
        foreach (string folder in _folders)
        {
            string path = server.Prefix + folder.Replace('/', server.Delimiter);
            await client.CommandAsync($"CREATE {RawImapClient.Quote(path)}", cancellation);
            await client.CommandAsync($"SUBSCRIBE {RawImapClient.Quote(path)}", cancellation);
        }

        DateTimeOffset received = DateTimeOffset.Parse("2026-03-02T10:00:00+01:00", CultureInfo.InvariantCulture);
        foreach (byte[] message in Messages)
        {
            try
            {
                await client.AppendAsync("INBOX", message, SystemFlags.Seen, received, cancellation);
            }
            catch (InvalidOperationException)
            {
                // Not every server takes every message.
            }
        }

        await client.CommandAsync("SELECT INBOX", cancellation);
        await client.CommandAsync("STORE 2:4 +FLAGS (\\Flagged $Label1 Wichtig)", cancellation);
    }
}

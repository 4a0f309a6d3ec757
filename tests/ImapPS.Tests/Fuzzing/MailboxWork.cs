using System.Net;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Search;
using ImapPS.Sessions;
using ImapPS.Transfers;
using ImapPS.Watching;

namespace ImapPS.Tests.Fuzzing;

/// <summary>
/// What the cmdlets have a session do, without an engine: one piece of work on a connection of its own. The same is recorded with a real
/// server, and replayed.
/// </summary>
/// <param name="settings">Where to connect to.</param>
/// <param name="caller">Who is told.</param>
/// <param name="directory">Where attachments are saved.</param>
internal sealed class MailboxWork(ConnectionSettings settings, Overheard caller, string directory)
{
    public const string Destination = "Ablage/Übriges & mehr";

    public const string Password = "correct \"horse\" battery";

    private static readonly Dictionary<string, Func<MailboxWork, MailboxAccess, CancellationToken, Task<int>>> _works = new()
    {
        ["list"] = (_, mailbox, token) => ListAsync(mailbox, token),
        ["fetch"] = (_, mailbox, token) => FetchAsync(mailbox, token),
        ["search"] = (_, mailbox, token) => SearchAsync(mailbox, token),
        ["content"] = (_, mailbox, token) => ReadAsync(mailbox, token),
        ["save"] = (work, mailbox, token) => work.SaveAsync(mailbox, token),
        ["idle"] = (work, _, token) => work.WatchAsync(token),
        ["move"] = (work, mailbox, token) => work.MoveAsync(mailbox, token),
    };

    private static readonly ImapFolderEventKind[] _kinds = Enum.GetValues<ImapFolderEventKind>();

    private FolderWatch? _watch;

    /// <summary>The names of all works.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _works.Keys];

    /// <summary>What names of folders begin with.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>What stands between their parts.</summary>
    public char Delimiter { get; init; } = '/';

    /// <summary>How long one turn of the watch may take.</summary>
    public TimeSpan LongestTurn { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>The settings for a server of this machine.</summary>
    public static ConnectionSettings Settings(int port, string user, string password) =>
        new(ServerAddress.Parse("127.0.0.1", port, ImapSecurity.None), Identity.Of(new NetworkCredential(user, password)))
        {
            AllowPlaintext = true,
            TimeoutSeconds = 1,
            RetryCount = 0,
            RetryDelay = TimeSpan.Zero,
        };

    /// <summary>Connects, works, and logs out. Returns how many things came of it.</summary>
    public async Task<int> RunAsync(string name, CancellationToken cancellationToken)
    {
        using var session = new SessionConnection("fuzz", settings, new Owner(), _ => false);
        var mailbox = new MailboxAccess(session, caller);

        // It has a word with each new connection.
        if (name == "idle") _watch = new FolderWatch(mailbox, [new FolderState("INBOX", uidValidity: null)], _kinds, poll: null);
        await session.OpenAsync(Opening.Silent with { Tell = caller.Verbose }, cancellationToken);
        int count = await _works[name](this, mailbox, cancellationToken);
        await session.CloseAsync(cancellationToken);
        return count;
    }

    private static async Task<int> ListAsync(MailboxAccess mailbox, CancellationToken token)
    {
        var listing = new FolderListing(mailbox, _ => true, subscribedOnly: false, status: true);
        return (await listing.RunAsync(token)).Count;
    }

    private static async Task<int> FetchAsync(MailboxAccess mailbox, CancellationToken token)
    {
        List<ImapMessage> messages = await ListedAsync(mailbox, new FetchItems { Preview = true, AllHeaders = true }, token);
        return messages.Count;
    }

    private static async Task<int> SearchAsync(MailboxAccess mailbox, CancellationToken token)
    {
        var criteria = new MessageCriteria(
        [
            new HeaderCriterion("Subject", "Subject", [new TextPattern("s", Matches: null)]),
            new SizeCriterion("LargerThan", 10, IsOver: true),
        ]);
        SearchResult sorted = await new MessageSearch(mailbox, criteria, new ListingOrder { Keys = [ImapSortKey.Date] })
            .RunAsync("INBOX", null, null, token);
        SearchResult threads = await new MessageSearch(mailbox, new MessageCriteria([]), new ListingOrder { Threads = true })
            .RunAsync("INBOX", null, null, token);
        return sorted.Uids.Count + threads.Uids.Count;
    }

    private static async Task<int> ReadAsync(MailboxAccess mailbox, CancellationToken token)
    {
        List<ImapMessage> messages = await ListedAsync(mailbox, FetchItems.Usual, token);
        int count = 0;
        var source = new ContentSource(mailbox) { Unread = new Dictionary<uint, ImapException>() };
        await foreach (ImapMessageContent content in source.ReadAsync("INBOX", messages.FirstOrDefault()?.UidValidity, messages, token))
        {
            count += content.Text.Length > 0 ? 1 : 0;
        }

        return count;
    }

    private async Task<int> SaveAsync(MailboxAccess mailbox, CancellationToken token)
    {
        List<ImapMessage> messages = await ListedAsync(mailbox, FetchItems.Usual, token);
        var saver = new AttachmentSaver(new AttachmentFilter { Inline = true }, directory, ExistingFile.Number,
            new TransferMeter("attachment"));
        SaveResult result = await saver.SaveAsync(Batch(messages), mailbox, token);
        foreach (SaveError error in result.Errors) caller.Error(error.Exception);
        if (result.Failure is { } failure) throw failure;
        Assert.All(result.Saved, file => Assert.Equal(directory, file.DirectoryName));
        return result.Saved.Count;
    }

    private async Task<int> WatchAsync(CancellationToken token)
    {
        FolderWatch watch = _watch!;
        int count = 0;
        for (int turn = 0; turn < 4; turn++)
        {
            await foreach (ImapFolderEvent happened in watch.LookAsync(watch.Home!, token)) count += happened.Uid > 0 ? 1 : 0;
            await watch.WaitAsync(LongestTurn, token);
        }

        return count;
    }

    private async Task<int> MoveAsync(MailboxAccess mailbox, CancellationToken token)
    {
        List<ImapMessage> messages = await ListedAsync(mailbox, FetchItems.Usual, token);
        string path = Prefix + Destination.Replace('/', Delimiter);
        TransferDestination destination = await TransferDestination.PrepareAsync(mailbox, path, create: false, token);
        int count = 0;
        var mover = new MessageMover(mailbox, destination);
        await foreach (ChangeResult result in mover.MoveAsync(Batch(messages.Take(3)), token))
        {
            result.Errors.ForEach(caller.Error);
            count += result.Arrived.Count();
        }

        return count;
    }

    private static async Task<List<ImapMessage>> ListedAsync(MailboxAccess mailbox, FetchItems items, CancellationToken token)
    {
        SearchResult found = await new MessageSearch(mailbox, new MessageCriteria([]), ListingOrder.Arrival)
            .RunAsync("INBOX", null, null, token);
        var messages = new List<ImapMessage>();
        var reader = new MessageReader(mailbox, items);
        await foreach (MessageWindow window in reader.ReadAsync(found, token)) messages.AddRange(window.Messages);
        return messages;
    }

    private static MessageBatch Batch(IEnumerable<ImapMessage> messages)
    {
        List<ImapMessage> all = [.. messages];
        var batch = new MessageBatch("INBOX", all.FirstOrDefault()?.UidValidity);
        foreach (ImapMessage message in all) batch.Add(message);
        return batch;
    }
}

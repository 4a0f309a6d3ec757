using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit;

namespace ImapPS.Reading;

/// <summary>Reads messages in windows of UIDs, so that memory is bounded by the window.</summary>
internal sealed class MessageReader(MailboxAccess mailbox, FetchItems? items = null)
{
    /// <summary>The most messages that are read at a time.</summary>
    public const int LargestWindow = 1_000;

    /// <summary>The most messages that are read at a time with their texts.</summary>
    private const int LargestWindowOfBodies = 100;

    /// <summary>A small first window, so that the first object comes at once; then ever larger ones.</summary>
    private static readonly int[] _windows = [20, 100, 400];

    private readonly FetchItems _items = items ?? FetchItems.Usual;
    private readonly Evidence _evidence = new();

    /// <summary>The folder's UIDVALIDITY and proper name, for UIDs that the caller brought along.</summary>
    public Task<SearchResult> TakeAsync(string path, IReadOnlyList<uint> uids, uint? uidValidity, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity,
            (_, folder, _) => Task.FromResult(new SearchResult(folder.FullName, folder.UidValidity, uids)),
            cancellationToken,
            view: FolderView.WithNews);

    /// <summary>Reads the messages of a search, a window at a time. What has been expunged in the meantime is left out.</summary>
    public async IAsyncEnumerable<MessageWindow> ReadAsync(SearchResult found, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int largest = _items.Body ? LargestWindowOfBodies : LargestWindow;
        int Largest(int number) => number < _windows.Length ? Math.Min(_windows[number], largest) : largest;
        foreach (IReadOnlyList<uint> window in found.IsAscending
            ? UidSets.Split(found.Uids, Largest)
            : UidSets.SplitInOrder(found.Uids, Largest))
        {
            cancellationToken.ThrowIfCancellationRequested();
            SummaryFetch fetch = await FetchAsync(found, found.IsAscending ? window : UidSets.Normalize(window), cancellationToken)
                .ConfigureAwait(false);
            var unread = new Dictionary<uint, ImapException>(fetch.Unread);
            IReadOnlyList<ImapMessage> messages = fetch.Messages;
            if (_items.Body) messages = await WithBodiesAsync(found, messages, unread, cancellationToken).ConfigureAwait(false);
            foreach (uint uid in unread.Keys.OrderBy(uid => uid))
            {
                mailbox.Caller.Error(Failures.MessageUnreadable(found.Folder, uid, unread[uid]));
            }

            yield return new MessageWindow(window, found.IsAscending ? messages : InOrder(window, messages)) { Unread = [.. unread.Keys] };
        }
    }

    /// <summary>Reads those of the messages of which only a part is known; they are all of one folder.</summary>
    public async Task<IReadOnlyList<ImapMessage>> CompleteAsync(IReadOnlyList<ImapMessage> messages, CancellationToken cancellationToken)
    {
        List<ImapMessage> partial = [.. messages.Where(message => message.IsPartial)];
        if (partial.Count == 0) return messages;

        var found = new SearchResult(partial[0].Folder, partial[0].UidValidity, UidSets.Normalize(partial.Select(message => message.Uid)));
        var whole = new Dictionary<uint, ImapMessage>();
        foreach (IReadOnlyList<uint> window in UidSets.Split(found.Uids, _ => LargestWindow))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // What cannot be read stays as it is: whoever wants more of it than is known meets with the error then.
            SummaryFetch fetch = await FetchAsync(found, window, cancellationToken).ConfigureAwait(false);
            foreach (ImapMessage message in fetch.Messages) whole[message.Uid] = message;
        }

        return [.. messages.Select(message => whole.TryGetValue(message.Uid, out ImapMessage? read) ? read : message)];
    }

    /// <summary>The messages that have arrived somewhere, whole as far as the server lets anybody look there.</summary>
    public async Task<IReadOnlyList<ImapMessage>> CompleteArrivedAsync(IReadOnlyList<ImapMessage> messages,
        CancellationToken cancellationToken)
    {
        try
        {
            return await CompleteAsync(messages, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException refused) when (Loss.IsRefusal(refused) && refused.Id == ImapErrorId.PermissionDenied)
        {
            return messages;
        }
    }

    /// <summary>The messages with their texts, out of the messages as the server has them: a command for many, and none is kept.</summary>
    private async Task<IReadOnlyList<ImapMessage>> WithBodiesAsync(SearchResult found, IReadOnlyList<ImapMessage> messages,
        Dictionary<uint, ImapException> unread, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<uint, string>();
        await foreach (ImapMessageContent content in new ContentSource(mailbox) { Unread = unread }
            .ReadAsync(found.Folder, found.UidValidity, messages, cancellationToken).ConfigureAwait(false))
        {
            texts[content.Uid] = content.Text;
        }

        return
        [
            .. messages.Where(message => !unread.ContainsKey(message.Uid))
                .Select(message => texts.TryGetValue(message.Uid, out string? text) ? message.With(text) : message),
        ];
    }

    private static List<ImapMessage> InOrder(IReadOnlyList<uint> window, IReadOnlyList<ImapMessage> messages)
    {
        var byUid = messages.ToDictionary(message => message.Uid);
        return [.. window.Where(byUid.ContainsKey).Select(uid => byUid[uid])];
    }

    private async Task<SummaryFetch> FetchAsync(SearchResult found, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        var fetch = new SummaryFetch(mailbox, _items, found, _evidence);
        await fetch.RunAsync(uids, cancellationToken).ConfigureAwait(false);
        return fetch;
    }
}

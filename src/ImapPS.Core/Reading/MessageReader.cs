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
    /// <summary>The most messages that are read at a time by those who keep what they read.</summary>
    public const int LargestWindow = WindowSize.Usual;

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
    /// <param name="found">The search.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <param name="pass">Takes each message as soon as it has come, in their order, while others are still under way; it must not wait.
    /// All that it was given is in the window too.</param>
    public async IAsyncEnumerable<MessageWindow> ReadAsync(SearchResult found, [EnumeratorCancellation] CancellationToken cancellationToken,
        Action<ImapMessage>? pass = null)
    {
        if (_items.AreNone)
        {
            yield return Unread(found, pass);
            yield break;
        }

        // What is put into another order, or completed, cannot be passed on before all of it is there.
        Action<ImapMessage>? early = found.IsAscending && _items is { Body: false, Preview: false } ? pass : null;
        var size = new WindowSize(_items.Body, isLean: _items.Parts != MessageParts.All);
        foreach (IReadOnlyList<uint> window in found.IsAscending
            ? UidSets.Split(found.Uids, _ => size.Next)
            : UidSets.SplitInOrder(found.Uids, _ => size.Next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            SummaryFetch fetch = await FetchAsync(found, found.IsAscending ? window : UidSets.Normalize(window), early, cancellationToken)
                .ConfigureAwait(false);
            size.Note(window.Count, fetch.Octets, fetch.Wait, fetch.Duration);
            var unread = new Dictionary<uint, ImapException>(fetch.Unread);
            IReadOnlyList<ImapMessage> messages = fetch.Messages;
            if (_items.Body) messages = await WithBodiesAsync(found, messages, unread, cancellationToken).ConfigureAwait(false);
            foreach (uint uid in unread.Keys.OrderBy(uid => uid))
            {
                mailbox.Caller.Error(Failures.MessageUnreadable(found.Folder, uid, unread[uid]));
            }

            if (!found.IsAscending) messages = InOrder(window, messages);
            if (early is null && pass is not null)
            {
                foreach (ImapMessage message in messages) pass(message);
            }

            yield return new MessageWindow(window, messages) { Unread = [.. unread.Keys] };
        }
    }

    /// <summary>Reads those of the messages of which too little is known; they are all of one folder.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <param name="needs">What has to be known of them: one that has it is left as it is.</param>
    public async Task<IReadOnlyList<ImapMessage>> CompleteAsync(IReadOnlyList<ImapMessage> messages, CancellationToken cancellationToken,
        MessageParts needs = MessageParts.All)
    {
        List<ImapMessage> partial = [.. messages.Where(message => !message.Has(needs))];
        if (partial.Count == 0) return messages;

        var found = new SearchResult(partial[0].Folder, partial[0].UidValidity, UidSets.Normalize(partial.Select(message => message.Uid)));
        var whole = new Dictionary<uint, ImapMessage>();
        foreach (IReadOnlyList<uint> window in UidSets.Split(found.Uids, _ => LargestWindow))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // What cannot be read stays as it is: whoever wants more of it than is known meets with the error then.
            SummaryFetch fetch = await FetchAsync(found, window, pass: null, cancellationToken).ConfigureAwait(false);
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

    /// <summary>The messages as the search found them: nothing more is to be known of them.</summary>
    private MessageWindow Unread(SearchResult found, Action<ImapMessage>? pass)
    {
        var messages = new List<ImapMessage>(found.Uids.Count);
        foreach (uint uid in found.Uids)
        {
            var message = new ImapMessage(new MessageFacts
            {
                Parts = MessageParts.None,
                SessionId = mailbox.SessionId,
                Folder = found.Folder,
                UidValidity = found.UidValidity,
                Uid = uid,
            });
            messages.Add(message);
            pass?.Invoke(message);
        }

        return new MessageWindow(found.Uids, messages);
    }

    private static List<ImapMessage> InOrder(IReadOnlyList<uint> window, IReadOnlyList<ImapMessage> messages)
    {
        var byUid = messages.ToDictionary(message => message.Uid);
        return [.. window.Where(byUid.ContainsKey).Select(uid => byUid[uid])];
    }

    private async Task<SummaryFetch> FetchAsync(SearchResult found, IReadOnlyList<uint> uids, Action<ImapMessage>? pass,
        CancellationToken cancellationToken)
    {
        var fetch = new SummaryFetch(mailbox, _items, found, _evidence);
        await fetch.RunAsync(uids, pass, cancellationToken).ConfigureAwait(false);
        return fetch;
    }
}

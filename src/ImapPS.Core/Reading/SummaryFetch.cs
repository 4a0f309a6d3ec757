using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Reading;

/// <summary>
/// Fetches what message objects are made of. A message of which the server cannot tell everything is asked for less; one whose flags, size
/// or headers do not come is not made up.
/// </summary>
/// <param name="mailbox">Where the messages are.</param>
/// <param name="items">What is fetched of each.</param>
/// <param name="found">The search that found them.</param>
/// <param name="evidence">Shared by those that read the same search.</param>
internal sealed class SummaryFetch(MailboxAccess mailbox, FetchItems items, SearchResult found, Evidence evidence)
{
    private readonly Dictionary<uint, ImapMessage> _messages = [];
    private readonly Dictionary<uint, ImapException> _unread = [];
    private readonly HashSet<uint> _incomplete = [];
    private readonly HashSet<uint> _unstructured = [];
    private readonly Stopwatch _waiting = new();
    private readonly Stopwatch _reading = new();
    private IReadOnlyList<uint> _uids = [];
    private MessageOrder? _order;
    private FetchMemory Memory => mailbox.Session.Memory.Fetches;

    /// <summary>The messages, by their UIDs.</summary>
    public IReadOnlyList<ImapMessage> Messages => [.. _uids.Where(_messages.ContainsKey).Select(uid => _messages[uid])];

    /// <summary>What is kept of the messages as it came.</summary>
    public long Octets { get; private set; }

    /// <summary>The time in which the server's answers had not begun.</summary>
    public TimeSpan Wait => _waiting.Elapsed;

    /// <summary>The time that the commands took.</summary>
    public TimeSpan Duration => _reading.Elapsed;

    /// <summary>The messages that cannot be read, and why.</summary>
    public IDictionary<uint, ImapException> Unread => _unread;

    /// <summary>Fetches messages. What has been expunged in the meantime is left out.</summary>
    /// <param name="uids">The messages, ascending.</param>
    /// <param name="pass">Takes each as soon as it is whole, in their order.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task RunAsync(IReadOnlyList<uint> uids, Action<ImapMessage>? pass, CancellationToken cancellationToken)
    {
        _uids = uids;
        _order = pass is null ? null : new MessageOrder(uids, Whole, pass);

        // What is known to need a command of its own has one.
        ILookup<bool, uint> isKnown = uids.ToLookup(uid => Memory.Of(found.Folder, found.UidValidity, uid) > Memory.Level);
        await RunAsync([[.. isKnown[false]], .. isKnown[true].Select(uid => new[] { uid })], cancellationToken).ConfigureAwait(false);

        // Flags that another client has changed come by themselves, too, and then without the rest.
        List<uint> again = [.. _incomplete.Where(uid => !_messages.ContainsKey(uid)).OrderBy(uid => uid)];
        if (again.Count > 0)
        {
            _incomplete.Clear();
            await RunAsync([again], cancellationToken).ConfigureAwait(false);
            foreach (uint uid in _incomplete.Where(uid => !_messages.ContainsKey(uid)))
            {
                _unread[uid] = Failures.AnswerIncomplete(mailbox.Session.Handle.Server);
            }
        }

        // Where the server tells no structures at all, it would take each message.
        if (Memory.Level < FetchLevel.NoStructure)
        {
            foreach (uint uid in _unstructured.OrderBy(uid => uid)) await ReadStructureAsync(uid, cancellationToken).ConfigureAwait(false);
        }

        _unstructured.Clear();
        if (items.Preview) await AddPreviewsAsync(cancellationToken).ConfigureAwait(false);
        _order?.Finish();
    }

    private async Task RunAsync(IEnumerable<IReadOnlyList<uint>> sets, CancellationToken cancellationToken)
    {
        Isolation isolation = null!;
        isolation = new Isolation(mailbox, found.Folder, found.UidValidity,
            (client, folder, uids, abort) => FetchAsync(client, folder, uids, LevelOf(uids), abort), _messages.ContainsKey)
        {
            Evidence = evidence,
            TryLess = (uid, stop) => TryLessAsync(isolation, uid, stop),
        };
        foreach (UnreadMessage message in await isolation.RunAsync(sets, cancellationToken).ConfigureAwait(false))
        {
            _unread[message.Uid] = message.Reason;
        }
    }

    /// <summary>A message of which all is known that the server tells; null for any other.</summary>
    private ImapMessage? Whole(uint uid) =>
        _messages.TryGetValue(uid, out ImapMessage? message) && !_unstructured.Contains(uid) ? message : null;

    private FetchLevel LevelOf(IReadOnlyList<uint> uids) => uids.Count == 1
        ? Memory.Of(found.Folder, found.UidValidity, uids[0])
        : Memory.Level;

    private async Task<bool> TryLessAsync(Isolation isolation, uint uid, CancellationToken cancellationToken)
    {
        FetchLevel refused = LevelOf([uid]);
        MessageSummaryItems? asked = null;
        for (FetchLevel level = refused + 1; level <= FetchLevel.NoDate; level++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isRead = await isolation.TryAsync(uid, (client, folder, uids, abort) =>
            {
                // Not all servers have what the next level leaves out.
                asked ??= MessageMapping.Request(client, items, refused).Items;
                MessageSummaryItems request = MessageMapping.Request(client, items, level).Items;
                if (request == asked) return Task.CompletedTask;

                asked = request;
                return FetchAsync(client, folder, uids, level, abort);
            }, cancellationToken).ConfigureAwait(false);
            if (!isRead || !_messages.ContainsKey(uid)) continue;

            Memory.Lowered(level, found.Folder, found.UidValidity, uid);
            return true;
        }

        return false;
    }

    private async Task FetchAsync(ImapClient client, StreamingFolder folder, IReadOnlyList<uint> uids, FetchLevel level,
        CancellationToken abort)
    {
        UniqueIdSet set = UidSets.ToSet(uids);
        FetchRequest request = MessageMapping.Request(client, items, level);
        SearchResult here = found with { Folder = folder.FullName, UidValidity = folder.UidValidity };
        bool isComplete = !items.Preview || client.Capabilities.HasFlag(ImapCapabilities.Preview);
        if (isComplete) folder.MessageSummaryFetched += OnFetched;
        _reading.Start();
        _waiting.Start();
        try
        {
            IList<IMessageSummary> summaries = await folder.FetchAsync(set, request, abort).ConfigureAwait(false);
            foreach (IMessageSummary summary in summaries) Take(summary);
            if (items.Parts == MessageParts.All) Memory.Worked(level);
        }
        finally
        {
            if (isComplete) folder.MessageSummaryFetched -= OnFetched;
            _reading.Stop();
            _waiting.Stop();
        }

        // What came before an answer that cannot be read is read.
        void OnFetched(object? sender, MessageSummaryFetchedEventArgs args) => Take(args.Message);

        void Take(IMessageSummary summary)
        {
            _waiting.Stop();

            // The server may tell of other messages' flags in between; those are not what was asked for.
            uint uid = summary.UniqueId.Id;
            if (!set.Contains(summary.UniqueId) || _messages.ContainsKey(uid)) return;

            if (summary.Flags is null || (summary.Size is null && request.Items.HasFlag(MessageSummaryItems.Size))
                || (summary.Headers is null && HasHeaders(request)))
            {
                _incomplete.Add(uid);
                return;
            }

            if (summary.Body is null && items.Parts.HasFlag(MessageParts.Structure)) _unstructured.Add(uid);
            ImapMessage message = MessageMapping.ToModel(summary, items, mailbox.SessionId, here);
            _messages[uid] = message;
            Octets += message.Octets;

            // MailKit holds the summaries until the command ends; what has been taken out of them need not be held twice.
            summary.Headers?.Clear();
            _order?.Advance();
        }
    }

    private static bool HasHeaders(FetchRequest request) =>
        request.Headers is { Count: > 0 } || request.Items.HasFlag(MessageSummaryItems.Headers);

    /// <summary>The attachments of a message whose structure cannot be read, out of the message itself.</summary>
    private async Task ReadStructureAsync(uint uid, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (ImapMessageContent content in new ContentSource(mailbox)
                .ReadAsync(found.Folder, found.UidValidity, [_messages[uid]], cancellationToken).ConfigureAwait(false))
            {
                _messages[uid] = _messages[uid].With(content.Attachments);
                return;
            }
        }
        catch (Exception unreadable) when (unreadable is not (OperationCanceledException or ImapException))
        {
            // The warning says all that can be said.
        }

        mailbox.Caller.Warning(string.Format(
            CultureInfo.InvariantCulture,
            "The structure of message {0} in '{1}' cannot be read, so its attachments are not listed.",
            uid,
            DisplayText.Printable(found.Folder)));
    }

    /// <summary>A server may have no preview of a message that has text (PREVIEW NIL).</summary>
    private async Task AddPreviewsAsync(CancellationToken cancellationToken)
    {
        List<ImapMessage> without = [.. Messages.Where(message => message.Preview is null)];
        await foreach (ImapMessageContent content in new ContentSource(mailbox)
            .ReadAsync(found.Folder, found.UidValidity, without, cancellationToken).ConfigureAwait(false))
        {
            _messages[content.Uid] = _messages[content.Uid].WithPreview(DisplayText.Line(Beginning(content.Text)));
        }
    }

    private static string Beginning(string text) => text.Length <= 230 ? text : text.Substring(0, 230);
}

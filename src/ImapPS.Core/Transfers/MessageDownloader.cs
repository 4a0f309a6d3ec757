using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Sessions;
using MailKit;

namespace ImapPS.Transfers;

/// <summary>
/// Downloads whole messages in few commands (BODY.PEEK[] for many UIDs), each straight into a stream of the caller's, so that memory is
/// bounded by what the caller keeps. A lost connection is resumed with the messages that were not finished.
/// </summary>
/// <param name="mailbox">Where the messages are.</param>
/// <param name="received">Told of octets as they arrive.</param>
internal sealed class MessageDownloader(MailboxAccess mailbox, Action<int>? received = null)
{
    /// <summary>The most messages of one command.</summary>
    public const int MostMessages = 500;

    /// <summary>The most octets of one command. A message that is larger is a batch of its own.</summary>
    public const long MostBytes = 25 * 1024 * 1024;

    private readonly Evidence _evidence = new();

    /// <summary>Downloads messages of one folder. What became of them is told a batch at a time.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="uidValidity">What the UIDs were read under, if that is known.</param>
    /// <param name="messages">The messages, in any order. Sizes make the batches; 0 is one that is not known.</param>
    /// <param name="open">
    /// Opens the stream for a message; asked again when a lost connection had interrupted it. Only written to, and always disposed:
    /// one that is disposed before <paramref name="done"/> was called holds half a message, or less, and is to be forgotten.
    /// </param>
    /// <param name="done">
    /// Takes a stream that holds its message to the end, at position 0 where it has one. Called while the connection is held: it must
    /// not wait for the pipeline, or for a command.
    /// </param>
    /// <param name="cancellationToken">Asks to stop; the batch under way still ends.</param>
    public async IAsyncEnumerable<DownloadResult> DownloadAsync(
        string folder,
        uint? uidValidity,
        IEnumerable<MessageSize> messages,
        Func<uint, Stream> open,
        Func<uint, Stream, CancellationToken, Task> done,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<MessageSize> batch in Batches(messages))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await DownloadBatchAsync(folder, uidValidity, batch, open, done, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Messages as commands take them: ascending, each once.</summary>
    public static IEnumerable<IReadOnlyList<MessageSize>> Batches(IEnumerable<MessageSize> messages)
    {
        var batch = new List<MessageSize>();
        var length = new SetLength();
        long bytes = 0;
        uint last = 0;
        foreach (MessageSize message in messages.OrderBy(message => message.Uid))
        {
            if (message.Uid == last) continue;

            last = message.Uid;
            if (batch.Count == MostMessages
                || (batch.Count > 0 && (bytes + message.Size > MostBytes || length.With(message.Uid) > UidSets.LongestSet)))
            {
                yield return batch;
                batch = [];
                length = new SetLength();
                bytes = 0;
            }

            batch.Add(message);
            length.Add(message.Uid);
            bytes += message.Size;
        }

        if (batch.Count > 0) yield return batch;
    }

    /// <summary>Downloads the messages of one command. The parameters are those of <see cref="DownloadAsync"/>.</summary>
    public async Task<DownloadResult> DownloadBatchAsync(
        string folder,
        uint? uidValidity,
        IReadOnlyList<MessageSize> batch,
        Func<uint, Stream> open,
        Func<uint, Stream, CancellationToken, Task> done,
        CancellationToken cancellationToken)
    {
        var download = new Download(batch, open, done, received);
        var isolation = new Isolation(
            mailbox,
            folder,
            uidValidity,
            (_, opened, uids, abort) => download.RunAsync(opened, uids, abort),
            uid => !download.Pending.Contains(uid))
        {
            Evidence = _evidence,
        };
        foreach (UnreadMessage unread in await isolation.RunAsync([[.. download.Pending]], cancellationToken).ConfigureAwait(false))
        {
            download.Fail(unread.Uid, Failures.MessageUnreadable(folder, unread.Uid, unread.Reason));
        }

        foreach (uint uid in await StillThereAsync(folder, uidValidity, download.Pending, cancellationToken).ConfigureAwait(false))
        {
            download.Fail(uid, Failures.MessageUnreadable(folder, uid, Failures.BodyMissing()));
        }

        return download.Outcome;
    }

    /// <summary>Those of the messages that have not been expunged, although nothing came of them.</summary>
    private async Task<IReadOnlyList<uint>> StillThereAsync(string folder, uint? uidValidity, SortedSet<uint> missing,
        CancellationToken cancellationToken)
    {
        if (missing.Count == 0) return [];

        return await mailbox.InFolderAsync<IReadOnlyList<uint>>(
            folder,
            FolderAccess.ReadOnly,
            uidValidity,
            async (_, opened, abort) =>
            {
                UniqueIdSet set = UidSets.ToSet(missing);
                IList<IMessageSummary> there = await opened.FetchAsync(set, new FetchRequest(MessageSummaryItems.UniqueId), abort)
                    .ConfigureAwait(false);
                return [.. there.Select(summary => summary.UniqueId).Where(set.Contains).Select(uid => uid.Id).Distinct()];
            },
            cancellationToken,
            view: FolderView.WithNews).ConfigureAwait(false);
    }

    /// <summary>One batch under way.</summary>
    private sealed class Download(IReadOnlyList<MessageSize> batch, Func<uint, Stream> open,
        Func<uint, Stream, CancellationToken, Task> done, Action<int>? received)
    {
        private readonly Dictionary<uint, long> _sizes = batch.ToDictionary(message => message.Uid, message => message.Size);
        private readonly List<uint> _finished = [];
        private readonly List<DownloadFailure> _failed = [];
        private uint? _only;

        /// <summary>The messages that are neither finished nor failed, ascending.</summary>
        public SortedSet<uint> Pending { get; } = [.. batch.Select(message => message.Uid)];

        public async Task RunAsync(StreamingFolder folder, IReadOnlyList<uint> uids, CancellationToken abort)
        {
            _only = uids.Count == 1 ? uids[0] : null;
            folder.Sink = Open;
            try
            {
                await folder.GetStreamsAsync(UidSets.ToSet(uids), (_, _, uid, stream, token) => TakeAsync(uid.Id, stream, token), abort)
                    .ConfigureAwait(false);
            }
            finally
            {
                folder.Sink = null;
            }
        }

        /// <summary>What came of it; servers leave out without a word what is not there.</summary>
        public DownloadResult Outcome => new(_finished, _failed, [.. Pending]);

        /// <summary>
        /// A server may name a message after its octets (its order of FETCH items is free): then they wait in memory, unless only one can
        /// be meant.
        /// </summary>
        private IncomingStream? Open(UniqueId? named) =>
            named?.Id is { } uid ? new IncomingStream(Pending.Contains(uid) ? () => open(uid) : () => Stream.Null, received)
            : _only is { } only && Pending.Contains(only) ? new IncomingStream(() => open(only), received)
            : null;

        public void Fail(uint uid, Exception exception)
        {
            _failed.Add(new DownloadFailure(uid, exception));
            Pending.Remove(uid);
        }

        private async Task TakeAsync(uint uid, Stream stream, CancellationToken abort)
        {
            using Stream taken = stream;

            // A message that has octets but comes without any was expunged meanwhile (BODY[] NIL).
            if (!Pending.Contains(uid) || (stream.Length == 0 && _sizes[uid] > 0)) return;

            // MailKit takes the "~" of a literal8 (RFC 3516) for the text, and stumbles over what follows.
            if (stream.Length == 1 && _sizes[uid] > 1) return;

            try
            {
                if (await FinishAsync(uid, stream, abort).ConfigureAwait(false) is { } failure)
                {
                    _failed.Add(new DownloadFailure(uid, failure));
                }
                else _finished.Add(uid);
            }
            catch (Exception failed) when (!abort.IsCancellationRequested)
            {
                _failed.Add(new DownloadFailure(uid, failed));
            }

            Pending.Remove(uid);
        }

        private async Task<Exception?> FinishAsync(uint uid, Stream stream, CancellationToken abort)
        {
            if (stream is IncomingStream incoming)
            {
                if (incoming is { Failure: null, IsWhole: true }) await DoneAsync(uid, incoming.Target, abort).ConfigureAwait(false);
                return incoming.Failure ?? (incoming.IsWhole ? null : Failures.BodyIncomplete(incoming.Announced, incoming.Length));
            }

            using Stream target = open(uid);
            stream.Position = 0;
            await stream.CopyToAsync(target, 81_920, abort).ConfigureAwait(false);
            await DoneAsync(uid, target, abort).ConfigureAwait(false);
            return null;
        }

        private Task DoneAsync(uint uid, Stream target, CancellationToken abort)
        {
            if (target.CanSeek) target.Position = 0;
            return done(uid, target, abort);
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Content;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;
using ImapPS.Transfers;
using MailKit;

namespace ImapPS.Reading;

/// <summary>Brings the octets of messages, or of their parts, from the server; and marks what was read.</summary>
internal sealed class ContentSource(MailboxAccess mailbox)
{
    /// <summary>Downloads whole messages, as many at a time as one command brings.</summary>
    public async IAsyncEnumerable<SpooledMessages> DownloadAsync(
        string folder,
        uint? uidValidity,
        IReadOnlyList<ImapMessage> messages,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var streams = new Dictionary<uint, Stream>();
        try
        {
            IAsyncEnumerable<DownloadResult> results = new MessageDownloader(mailbox).DownloadAsync(
                folder,
                uidValidity,
                messages.Select(message => new MessageSize(message.Uid, message.Size)),
                _ => new SpoolStream(),
                Keep,
                cancellationToken);
            await foreach (DownloadResult result in results.ConfigureAwait(false))
            {
                using var spooled = new SpooledMessages(streams, result.Failed, result.Missing);
                streams = [];
                yield return spooled;
            }
        }
        finally
        {
            foreach (Stream stream in streams.Values) stream.Dispose();
        }

        Task Keep(uint uid, Stream stream, CancellationToken token)
        {
            if (streams.TryGetValue(uid, out Stream? before)) before.Dispose();
            streams[uid] = ((SpoolStream)stream).Detach();
            return Task.CompletedTask;
        }
    }

    /// <summary>Where it is noted what cannot be read, and why; null when nobody wants to know.</summary>
    public IDictionary<uint, ImapException>? Unread { get; init; }

    /// <summary>Reads whole messages, and keeps none of them; one that is gone, or does not come, is left out.</summary>
    public async IAsyncEnumerable<ImapMessageContent> ReadAsync(
        string folder,
        uint? uidValidity,
        IReadOnlyList<ImapMessage> messages,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (SpooledMessages spooled in DownloadAsync(folder, uidValidity, messages, cancellationToken).ConfigureAwait(false))
        {
            foreach (DownloadFailure failed in spooled.Failed) Unread?.Add(failed.Uid, failed.AsError(Failures.NoRoom));
            foreach (ImapMessage message in messages)
            {
                using Stream? raw = spooled.Take(message.Uid);
                if (raw is not null) yield return ContentReader.Read(raw, message, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Downloads one part: its MIME headers, an empty line, and its octets. Null when the message is not there, has no such part, or cannot
    /// be read.
    /// </summary>
    public async Task<Stream?> DownloadPartAsync(string folder, uint? uidValidity, uint uid, string part,
        CancellationToken cancellationToken)
    {
        SpoolStream? spool = null;
        Stream? read = null;
        bool isDone = false;
        try
        {
            var isolation = new Isolation(
                mailbox,
                folder,
                uidValidity,
                async (_, opened, _, abort) =>
                {
                    spool?.Dispose();
                    spool = new SpoolStream();
                    read = await DownloadPartAsync(opened, new UniqueId(uid), part, spool, abort).ConfigureAwait(false);
                    isDone = true;
                },
                _ => isDone);
            foreach (UnreadMessage unread in await isolation.RunAsync([[uid]], cancellationToken).ConfigureAwait(false))
            {
                Unread?.Add(uid, unread.Reason);
            }

            return read;
        }
        finally
        {
            spool?.Dispose();
        }
    }

    /// <summary>Sets \Seen, in as few commands as the UIDs fit into.</summary>
    public async Task MarkReadAsync(string folder, uint? uidValidity, IEnumerable<uint> uids, CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<uint> piece in UidSets.Split(UidSets.Normalize(uids), _ => int.MaxValue))
        {
            await mailbox.InFolderAsync(
                folder,
                FolderAccess.ReadWrite,
                uidValidity,
                async (_, opened, abort) =>
                {
                    await opened.StoreAsync(UidSets.ToSet(piece),
                        new StoreFlagsRequest(StoreAction.Add, MessageFlags.Seen) { Silent = true }, abort).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<Stream?> DownloadPartAsync(StreamingFolder folder, UniqueId uid, string part,
        SpoolStream spool, CancellationToken abort)
    {
        try
        {
            using (Stream headers = await folder.GetStreamAsync(uid, part + ".MIME", abort).ConfigureAwait(false))
            {
                await headers.CopyToAsync(spool, 81_920, abort).ConfigureAwait(false);
            }

            folder.Sink = _ => new IncomingStream(() => spool, received: null);
            using Stream content = await folder.GetStreamAsync(uid, part, abort).ConfigureAwait(false);
            if (content is IncomingStream { Failure: { } failure })
            {
                throw Failures.NoRoom(failure);
            }

            return spool.Length == 0 ? null : spool.Detach();
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
        finally
        {
            folder.Sink = null;
        }
    }
}

/// <summary>Messages that were downloaded.</summary>
internal sealed class SpooledMessages(Dictionary<uint, Stream> streams, IReadOnlyList<DownloadFailure> failed, IReadOnlyList<uint> missing)
    : IDisposable
{
    public IReadOnlyList<DownloadFailure> Failed { get; } = failed;

    public IReadOnlyList<uint> Missing { get; } = missing;

    /// <summary>The message's octets, to be disposed by the taker; null if it is not among these.</summary>
    public Stream? Take(uint uid)
    {
        if (!streams.TryGetValue(uid, out Stream? stream)) return null;

        streams.Remove(uid);
        return stream;
    }

    public bool Has(uint uid) => streams.ContainsKey(uid);

    /// <summary>The message's octets from their beginning, for one reader at a time; here they stay.</summary>
    public Stream Open(uint uid) => new BorrowedStream(streams[uid]);

    public void Dispose()
    {
        foreach (Stream stream in streams.Values) stream.Dispose();
    }
}

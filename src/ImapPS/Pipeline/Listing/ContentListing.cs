using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Content;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Reading;

namespace ImapPS.Pipeline.Listing;

/// <summary>Reads the content of a batch of messages and writes it, in the order in which the messages came.</summary>
internal sealed class ContentListing(MailboxAccess mailbox, PipelineWriter writer)
{
    private readonly Dictionary<uint, ImapException> _unread = [];
    private readonly List<uint> _taken = [];
    private ContentSource? _source;
    private uint? _uidValidity;

    /// <summary>The number of the one part to read; empty for whole messages.</summary>
    public string Part { get; init; } = string.Empty;

    /// <summary>Whether a message is to be marked as read once the pipeline has taken its content.</summary>
    public Predicate<uint> IsToMark { get; init; } = _ => false;

    private ContentSource Source => _source ??= new ContentSource(mailbox) { Unread = _unread };

    public async Task WriteAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAllAsync(batch, cancellationToken).ConfigureAwait(false);
            await writer.DrainedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The pipeline wants no more; what it has taken was read all the same.
            await MarkAsync(batch, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        await MarkAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAllAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapMessage> messages = await new MessageReader(mailbox).CompleteAsync(batch.Arrived, cancellationToken)
            .ConfigureAwait(false);
        _uidValidity = batch.UidValidity ?? messages[0].UidValidity;
        if (Part.Length > 0)
        {
            foreach (ImapMessage message in messages)
            {
                await writer.ForItemAsync(message, () => WritePartAsync(batch, message, cancellationToken), cancellationToken)
                    .ConfigureAwait(false);
            }

            return;
        }

        await foreach (SpooledMessages spooled in Source.DownloadAsync(batch.Folder, _uidValidity, messages, cancellationToken)
            .ConfigureAwait(false))
        {
            HashSet<uint> missing = [.. spooled.Missing];
            Dictionary<uint, Exception> failed = spooled.Failed.ToDictionary(failure => failure.Uid, failure => failure.Exception);
            foreach (ImapMessage message in messages)
            {
                if (missing.Contains(message.Uid))
                {
                    await writer.WriteErrorAsync(Failures.MessageNotFound(batch.Folder, message.Uid, message), cancellationToken)
                        .ConfigureAwait(false);
                }
                else if (failed.TryGetValue(message.Uid, out Exception? failure))
                {
                    await WriteUnreadableAsync(message, failure, cancellationToken).ConfigureAwait(false);
                }
                else if (spooled.Take(message.Uid) is { } raw) await WriteAsync(message, raw, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WritePartAsync(MessageBatch batch, ImapMessage message, CancellationToken cancellationToken)
    {
        Stream? raw = await Source.DownloadPartAsync(batch.Folder, _uidValidity, message.Uid, Part, cancellationToken)
            .ConfigureAwait(false);
        if (_unread.TryGetValue(message.Uid, out ImapException? reason))
        {
            await WriteUnreadableAsync(message, Failures.MessageUnreadable(batch.Folder, message.Uid, reason, message), cancellationToken)
                .ConfigureAwait(false);
            return;
        }

        if (raw is null) throw Failures.PartNotFound(batch.Folder, message.Uid, Part, message);
        await WriteAsync(message, raw, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(ImapMessage message, Stream raw, CancellationToken cancellationToken)
    {
        ImapMessageContent content;
        try
        {
            using (raw)
            {
                content = Part.Length == 0
                    ? ContentReader.Read(raw, message, cancellationToken)
                    : ContentReader.ReadPart(raw, message, Part, cancellationToken);
            }
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            await WriteUnreadableAsync(message, broken, cancellationToken).ConfigureAwait(false);
            return;
        }

        await writer.WriteObjectAsync(content, cancellationToken, () => _taken.Add(message.Uid)).ConfigureAwait(false);
    }

    /// <summary>One message that is like no other does not keep the others from being read.</summary>
    private Task WriteUnreadableAsync(ImapMessage message, Exception failure, CancellationToken cancellationToken) =>
        writer.WriteErrorAsync(failure as ImapException
            ?? Failures.ContentUnreadable(message.Folder, message.Uid, failure, message), cancellationToken, message);

    private async Task MarkAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        List<uint> read = [.. _taken.Where(uid => IsToMark(uid))];
        if (read.Count > 0) await Source.MarkReadAsync(batch.Folder, _uidValidity, read, cancellationToken).ConfigureAwait(false);
    }
}

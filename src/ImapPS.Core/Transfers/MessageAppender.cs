using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit;

namespace ImapPS.Transfers;

/// <summary>
/// Appends messages to a folder, octet for octet: many in a command where the server has MULTIAPPEND (RFC 3502), else each in one of
/// its own. What a lost connection interrupts is looked for in the folder, and sent again only when it certainly is not there.
/// </summary>
internal sealed partial class MessageAppender(MailboxAccess mailbox, TransferDestination destination)
{
    /// <summary>The most messages of one command, and the most results that are told at a time.</summary>
    public const int MostMessages = 100;

    /// <summary>The most octets of one command. A message that is larger goes alone.</summary>
    public const long MostBytes = 10 * 1024 * 1024;

    private readonly ArrivalFinder _arrivals = new(mailbox, destination);

    /// <summary>Appends the messages. What became of them is told a batch at a time, in their order.</summary>
    public async IAsyncEnumerable<IReadOnlyList<AppendResult>> AppendAsync(IAsyncEnumerable<AppendSource> sources,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<AppendSource>();
        long bytes = 0;
        await foreach (AppendSource source in sources.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (await MeasureAsync(source, cancellationToken).ConfigureAwait(false) is { } invalid)
            {
                yield return [new AppendResult(source, Uid: null, invalid)];
                continue;
            }

            if (batch.Count > 0 && (batch.Count == MostMessages || bytes + source.Size > MostBytes))
            {
                await foreach (IReadOnlyList<AppendResult> results in SendAsync(batch, cancellationToken).ConfigureAwait(false))
                {
                    yield return results;
                }

                batch = [];
                bytes = 0;
            }

            batch.Add(source);
            bytes += source.Size;
        }

        if (batch.Count == 0) yield break;

        await foreach (IReadOnlyList<AppendResult> results in SendAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            yield return results;
        }
    }

    private async Task<ImapException?> MeasureAsync(AppendSource source, CancellationToken cancellationToken)
    {
        try
        {
            await source.MeasureAsync(cancellationToken).ConfigureAwait(false);
            return destination.LargestMessage is { } limit && source.Size > limit
                ? Failures.MessageTooLarge(source.Name, source.Size, limit, source.Target) : null;
        }
        catch (ImapException invalid) when (!Loss.Is(invalid))
        {
            return invalid;
        }
    }

    /// <summary>Sends a batch. What was done before an error that ends it all is told first.</summary>
    private async IAsyncEnumerable<IReadOnlyList<AppendResult>> SendAsync(List<AppendSource> batch,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var results = new List<AppendResult>();
        ExceptionDispatchInfo? end = null;
        try
        {
            await SendAsync(batch, results, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failed)
        {
            // After Ctrl+C, or without a connection, nobody looks whether what was on its way has arrived.
            results.AddRange(batch.Where(source => source.MayHaveArrived).Select(Unknown));
            end = ExceptionDispatchInfo.Capture(failed);
        }

        if (results.Count > 0) yield return results;

        end?.Throw();
    }

    private AppendResult Unknown(AppendSource source) =>
        new(source, Uid: null, Failures.AppendUnknown(source.Name, destination.Path, source.Target));

    private async Task SendAsync(List<AppendSource> batch, List<AppendResult> results, CancellationToken cancellationToken)
    {
        if (batch.Count > 1 && mailbox.Session.Capabilities.Contains("MULTIAPPEND", StringComparer.Ordinal))
        {
            try
            {
                results.AddRange(await SendTogetherAsync(batch, cancellationToken).ConfigureAwait(false));
                return;
            }
            catch (ImapException refused) when (IsAboutOne(refused) || refused.IsLimit)
            {
                // All or nothing (RFC 3502, 6.3.11): which message it was about shows when each goes alone.
                mailbox.Caller.Verbose(
                    $"A batch of {DisplayText.Count(batch.Count, "message")} was refused: {refused.Message} "
                    + "Its messages are sent one by one.");
            }
        }

        foreach (AppendSource source in batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.AddRange(await SendAloneAsync(source, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Sends messages in one command, again if need be.</summary>
    private async Task<IReadOnlyList<AppendResult>> SendTogetherAsync(List<AppendSource> batch, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                IReadOnlyList<UniqueId> uids = await SendOnceAsync(batch, cancellationToken).ConfigureAwait(false);

                // What has arrived is told, even if it has to be looked for after Ctrl+C.
                return await ArrivedAsync(batch, uids, CancellationToken.None).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                NoteSent(batch);
                throw;
            }
            catch (ImapException busy) when (Loss.IsRefusalForNow(busy))
            {
                if ((busy.IsLimit && batch.Count > 1) || attempt >= mailbox.Session.RetryCount) throw;
                await mailbox.Session.WaitOutAsync(busy, attempt, mailbox.Caller.Verbose, cancellationToken).ConfigureAwait(false);
                continue;
            }
            catch (ImapException lost) when (Loss.Is(lost))
            {
                // A server that is only slow may still be at it, and would have the messages twice.
                if (lost.Id == ImapErrorId.Timeout || attempt >= mailbox.Session.RetryCount) throw Lost(batch, lost);
            }

            try
            {
                if (await _arrivals.FindAsync(batch, cancellationToken).ConfigureAwait(false) is { } found) return found;
            }
            catch (ImapException lost) when (Loss.Is(lost))
            {
                throw Lost(batch, lost);
            }
            catch (ImapException)
            {
                NoteSent(batch);
                throw;
            }

            mailbox.Caller.Verbose($"The connection broke during an APPEND of {DisplayText.Count(batch.Count, "message")}. "
                + $"Nothing has arrived in '{DisplayText.Printable(destination.Path)}'. The APPEND is sent again.");
        }
    }

    private Task<IReadOnlyList<UniqueId>> SendOnceAsync(List<AppendSource> batch, CancellationToken cancellationToken) =>
        mailbox.RunOnceAsync<IReadOnlyList<UniqueId>>(
            async (client, begin, abort) =>
            {
                IMailFolder folder = await MailboxAccess.FindAsync(client, destination.Path, abort).ConfigureAwait(false);
                List<IAppendRequest> requests = [.. batch.Select(Request)];
                await mailbox.ReleaseAsync(client, destination.Path, abort).ConfigureAwait(false);
                begin();
                return await AppendCommand.SendAsync(client, folder, requests, abort).ConfigureAwait(false);
            },
            cancellationToken,
            target: destination.Path);

    private static IAppendRequest Request(AppendSource source)
    {
        var request = new AppendRequest(source.ToMime(), MessageMapping.Flags(source.Flags))
        {
            // Year 1 is what programs make of a date that is not known.
            InternalDate = MessageDate.Known(source.Received),
        };
        if (source.Keywords.Count > 0 && !source.IsBare)
        {
            request.Keywords = new HashSet<string>(source.Keywords, StringComparer.OrdinalIgnoreCase);
        }

        return request;
    }

    /// <summary>Takes note of messages that the server has confirmed. One without UIDPLUS (RFC 4315) does not say where they are.</summary>
    private async Task<IReadOnlyList<AppendResult>> ArrivedAsync(List<AppendSource> batch, IReadOnlyList<UniqueId> uids,
        CancellationToken cancellationToken)
    {
        if (uids.Count == batch.Count)
        {
            destination.Confirm(uids.Max(uid => uid.Id), uids[0].Validity);
            return [.. batch.Select((source, i) => new AppendResult(source, uids[i].Id, Error: null))];
        }

        return await _arrivals.ConfirmedAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All or nothing: only when the last octet had gone out can any of the messages have arrived.</summary>
    private static void NoteSent(List<AppendSource> batch)
    {
        foreach (AppendSource source in batch) source.MayHaveArrived = batch[batch.Count - 1].IsSent;
    }

    /// <summary>The end of all appending.</summary>
    private ImapException Lost(List<AppendSource> batch, ImapException lost)
    {
        NoteSent(batch);
        return Failures.LostInAppend(lost, destination.Path);
    }
}

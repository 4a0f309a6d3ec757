using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Reading;

namespace ImapPS.Transfers;

/// <summary>Finds the messages that were appended to a folder among those that arrived there.</summary>
internal sealed class ArrivalFinder(MailboxAccess mailbox, TransferDestination destination)
{
    /// <summary>
    /// A server that had the whole command when the connection broke may not be done with it when the connection is back.
    /// </summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(300);

    /// <summary>Looks for messages whose command a lost connection interrupted.</summary>
    /// <returns>What became of them; null when none of them is there.</returns>
    public async Task<IReadOnlyList<AppendResult>?> FindAsync(List<AppendSource> batch, CancellationToken cancellationToken)
    {
        IReadOnlyList<ArrivalPlace> places = await PlacesAsync(batch, cancellationToken).ConfigureAwait(false);
        if (places.All(place => place.IsNowhere) && batch[batch.Count - 1].IsSent)
        {
            await Task.Delay(_patience, cancellationToken).ConfigureAwait(false);
            places = await PlacesAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        if (places.All(place => place.IsNowhere)) return null;

        // All or nothing: where some have arrived, those that cannot be seen have as well, and are not there any more.
        foreach (ArrivalPlace place in places)
        {
            if (place.Uid is { } uid) destination.Confirm(uid);
        }

        return
        [
            .. batch.Select((source, i) => new AppendResult(
                source,
                places[i].Uid,
                places[i].Uid is null ? Failures.AppendUnknown(source.Name, destination.Path, source.Target) : null)),
        ];
    }

    /// <summary>
    /// Looks for messages that the server has confirmed without saying where they are. Where nothing at all has come, nobody knows what
    /// its OK was worth.
    /// </summary>
    public async Task<IReadOnlyList<AppendResult>> ConfirmedAsync(List<AppendSource> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await SeenAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException failed) when (!Loss.Is(failed))
        {
            // The folder is gone by now, or cannot be read: what was confirmed is confirmed.
            return [.. batch.Select(source => new AppendResult(source, Uid: null, Error: null))];
        }
    }

    private async Task<IReadOnlyList<AppendResult>> SeenAsync(List<AppendSource> batch, CancellationToken cancellationToken)
    {
        List<Arrival> arrivals = await destination.ArrivalsAsync(cancellationToken).ConfigureAwait(false);
        if (arrivals.Count == 0 && destination.CanLook)
        {
            await Task.Delay(_patience, cancellationToken).ConfigureAwait(false);
            arrivals = await destination.ArrivalsAsync(cancellationToken).ConfigureAwait(false);
        }

        if (arrivals.Count == 0 && destination.CanLook)
        {
            return [.. batch.Select(source => new AppendResult(source, Uid: null,
                Failures.AppendUnseen(source.Name, destination.Path, source.Target)))];
        }

        IReadOnlyList<ArrivalPlace> places = await MatchAsync(batch, arrivals, cancellationToken).ConfigureAwait(false);
        if (arrivals.Count > 0) destination.Confirm(arrivals[arrivals.Count - 1].Uid);
        return [.. batch.Select((source, i) => new AppendResult(source, places[i].Uid, Error: null))];
    }

    /// <summary>
    /// Which arrival is which message. One that alone has the size and the Message-ID is the one; where there is no Message-ID, or more
    /// than one candidate, the octets decide. An arrival that has the Message-ID and other octets may be ours, altered by the server.
    /// </summary>
    public async Task<IReadOnlyList<ArrivalPlace>> MatchAsync(List<AppendSource> batch, List<Arrival> arrivals,
        CancellationToken cancellationToken)
    {
        List<MessageSize> doubtful =
            [.. arrivals.Where(arrival => batch.Any(source => source.Size == arrival.Size) && !IsPlain(arrival))
            .Select(arrival => new MessageSize(arrival.Uid, arrival.Size))];
        Dictionary<uint, string> digests =
            await MessageDigests.ReadAsync(mailbox, destination.Path, destination.UidValidity, doubtful, cancellationToken)
            .ConfigureAwait(false);
        var left = arrivals.ToList();
        var places = new List<ArrivalPlace>();
        foreach (AppendSource source in batch)
        {
            Arrival? found = null;
            foreach (Arrival arrival in left.Where(arrival => arrival.Size == source.Size))
            {
                bool isIt = digests.TryGetValue(arrival.Uid, out string? digest)
                    ? digest == await source.DigestAsync(cancellationToken).ConfigureAwait(false)
                    : HasSameId(source, arrival);
                if (!isIt) continue;

                found = arrival;
                break;
            }

            if (found is not null) left.Remove(found);
            places.Add(found is null ? ArrivalPlace.Nowhere : new ArrivalPlace(found.Uid, IsNowhere: false));
        }

        for (int i = 0; i < places.Count; i++)
        {
            if (places[i].IsNowhere && left.Exists(arrival => HasSameId(batch[i], arrival))) places[i] = ArrivalPlace.Unclear;
        }

        return places;

        bool IsPlain(Arrival arrival) =>
            batch.Count(source => source.Size == arrival.Size && HasSameId(source, arrival)) == 1
            && arrivals.Count(other => other.Size == arrival.Size && other.MessageId == arrival.MessageId) == 1;
    }

    private async Task<IReadOnlyList<ArrivalPlace>> PlacesAsync(List<AppendSource> batch, CancellationToken cancellationToken)
    {
        try
        {
            List<Arrival> arrivals = await destination.ArrivalsAsync(cancellationToken).ConfigureAwait(false);
            if (!destination.CanLook)
            {
                // All or nothing: what has not gone out to the last octet is nowhere.
                return [.. batch.Select(_ => batch[batch.Count - 1].IsSent ? ArrivalPlace.Unclear : ArrivalPlace.Nowhere)];
            }

            return await MatchAsync(batch, arrivals, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException rebuilt) when (rebuilt.Id == ImapErrorId.UidValidityChanged)
        {
            return [.. batch.Select(_ => ArrivalPlace.Unclear)];
        }
    }

    private static bool HasSameId(AppendSource source, Arrival arrival) => source.MessageId.Length > 0
        && source.MessageId == arrival.MessageId;
}

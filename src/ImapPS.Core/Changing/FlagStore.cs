using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailKit;

namespace ImapPS.Changing;

/// <summary>One STORE command's worth of a change: flags and keywords, or labels.</summary>
internal sealed record FlagStore(StoreAction Action, MessageFlags Flags, IReadOnlyList<string> Names, bool AreLabels)
{
    /// <summary>The STOREs for some keywords or labels, which may be too many for one line.</summary>
    public static IEnumerable<FlagStore> Split(StoreAction action, MessageFlags flags, IEnumerable<string> names, bool areLabels)
    {
        // A label travels in modified UTF-7, where a character takes up to about three octets.
        int octetsEach = areLabels ? 3 : 1;
        int length = 0;
        var piece = new List<string>();
        foreach (string name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            int octets = (name.Length * octetsEach) + 3;
            if (piece.Count > 0 && length + octets > FlagChange.MostOctets)
            {
                yield return new FlagStore(action, flags, piece, areLabels);
                (piece, flags, length) = ([], MessageFlags.None, 0);
            }

            piece.Add(name);
            length += octets;
        }

        if (piece.Count > 0 || flags != MessageFlags.None) yield return new FlagStore(action, flags, piece, areLabels);
    }

    /// <summary>Sends it.</summary>
    /// <returns>The messages that were left alone, since they have changed since then.</returns>
    public Task<IList<UniqueId>> SendAsync(IMailFolder folder, UniqueIdSet uids, ulong? unchangedSince, CancellationToken abort) =>
        AreLabels
            ? folder.StoreAsync(uids, new StoreLabelsRequest(Action, Names) { Silent = true, UnchangedSince = unchangedSince }, abort)
            : folder.StoreAsync(
                uids, new StoreFlagsRequest(Action, Flags, Names) { Silent = true, UnchangedSince = unchangedSince }, abort);

    /// <summary>True when a message is as this would leave it.</summary>
    public bool HoldsFor(IMessageSummary message)
    {
        bool add = Action == StoreAction.Add;
        IEnumerable<string> has = AreLabels ? message.GMailLabels ?? [] : message.Keywords;
        MessageFlags flags = (message.Flags ?? MessageFlags.None) & Flags;
        return flags == (add ? Flags : MessageFlags.None) && Names.All(name => has.Contains(name, StringComparer.OrdinalIgnoreCase) == add);
    }
}

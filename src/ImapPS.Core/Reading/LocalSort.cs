using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Search;
using MailKit;

namespace ImapPS.Reading;

/// <summary>
/// Sorts as a server's SORT does (RFC 5256), for servers that have none. It keeps keys and UIDs only, and of these no more than are wanted.
/// </summary>
internal sealed class LocalSort(ListingOrder order, ulong most)
{
    private readonly SortedSet<Entry> _entries = new(new Comparer(order.Descending));

    /// <summary>The UIDs in order.</summary>
    public IReadOnlyList<uint> Uids => [.. _entries.Select(entry => entry.Uid)];

    public void Add(ImapMessage message)
    {
        _entries.Add(new Entry(message.Uid, [.. order.Keys.Select(key => Key(message, key))]));
        if ((ulong)_entries.Count > most) _entries.Remove(_entries.Max!);
    }

    private static IComparable Key(ImapMessage message, ImapSortKey key) => key switch
    {
        ImapSortKey.Received => message.Received?.UtcTicks ?? 0,
        ImapSortKey.Date => (message.Date ?? message.Received)?.UtcTicks ?? 0,
        ImapSortKey.From => LocalPart(message.From),
        ImapSortKey.To => LocalPart(message.To),
        ImapSortKey.Cc => LocalPart(message.Cc),
        ImapSortKey.Size => message.Size,
        _ => MessageThreader.GetThreadableSubject(message.Subject, out _),
    };

    private static string LocalPart(ImapAddressList addresses) =>
        addresses.Count == 0 ? string.Empty : addresses[0].Address.Split('@')[0];

    private sealed record Entry(uint Uid, IComparable[] Keys);

    private sealed class Comparer(bool descending) : IComparer<Entry>
    {
        public int Compare(Entry? x, Entry? y)
        {
            for (int i = 0; i < x!.Keys.Length; i++)
            {
                int order = x.Keys[i] is string text
                    ? StringComparer.OrdinalIgnoreCase.Compare(text, (string)y!.Keys[i])
                    : x.Keys[i].CompareTo(y!.Keys[i]);
                if (order != 0) return descending ? -order : order;
            }

            // What is equal stays in the order of the folder (RFC 5256, 3).
            return x.Uid.CompareTo(y!.Uid);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Pipeline.Listing;

/// <summary>Which messages are the newest.</summary>
internal static class Newest
{
    /// <summary>All but the newest so many, the oldest first.</summary>
    public static IEnumerable<T> After<T>(int kept, IEnumerable<T> items, Func<T, ImapMessage> messageOf)
    {
        // Each once: a message that was piped in twice must not take the place of another.
        List<T> each = [.. items.GroupBy(item => messageOf(item).Uid).Select(same => same.First())];
        bool areDated = each.TrueForAll(item => messageOf(item).Received is not null);
        IOrderedEnumerable<T> oldestFirst = areDated
            ? each.OrderBy(item => messageOf(item).Received).ThenBy(item => messageOf(item).Uid)
            : each.OrderBy(item => messageOf(item).Uid);
        return oldestFirst.Take(Math.Max(0, each.Count - kept));
    }
}

using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Search;
using ImapPS.Sessions;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Reading;

/// <summary>What a server can be asked, and in which words.</summary>
internal static class ServerSearch
{
    /// <summary>What it announces, and what the session has learned of it.</summary>
    public static ServerAbilities Abilities(ImapClient client, SessionConnection session)
    {
        ImapCapabilities has = client.Capabilities;
        return new ServerAbilities
        {
            Limits = session.Memory.Limits,
            MeasuresAsShown = session.Memory.Limits.MeasuresAsShown == true,
            AsciiOnly = session.SearchesAsciiOnly,
            WordsOnly = has.HasFlag(ImapCapabilities.GMailExt1) || has.HasFlag(ImapCapabilities.FuzzySearch),
            Within = has.HasFlag(ImapCapabilities.Within),
            SaveDate = has.HasFlag(ImapCapabilities.SaveDate),
            CondStore = has.HasFlag(ImapCapabilities.CondStore),
            ObjectId = has.HasFlag(ImapCapabilities.ObjectID),
            Gmail = has.HasFlag(ImapCapabilities.GMailExt1),
        };
    }

    /// <summary>The keys of a SORT.</summary>
    public static IList<OrderBy> OrderBy(ListingOrder order) => [.. order.Keys.Select(key => new OrderBy(
        key switch
        {
            ImapSortKey.Received => OrderByType.Arrival,
            ImapSortKey.Date => OrderByType.Date,
            ImapSortKey.From => OrderByType.From,
            ImapSortKey.To => OrderByType.To,
            ImapSortKey.Cc => OrderByType.Cc,
            ImapSortKey.Size => OrderByType.Size,
            _ => OrderByType.Subject,
        },
        order.Descending ? SortOrder.Descending : SortOrder.Ascending))];
}

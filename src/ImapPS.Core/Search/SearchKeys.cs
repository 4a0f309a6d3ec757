using System;
using System.Collections.Generic;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>The search keys of a query, and the ways in which it joins them.</summary>
internal static class SearchKeys
{
    /// <summary>MailKit's names of the keys of a query; none for one that finds everything.</summary>
    public static HashSet<string> Of(SearchQuery query)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<SearchQuery>([query]);
        while (open.Count > 0)
        {
            SearchQuery next = open.Pop();
            if (next.Term is not (MailKit.Search.SearchTerm.And or MailKit.Search.SearchTerm.All)) keys.Add(next.Term.ToString());
            if (next is UnarySearchQuery not) open.Push(not.Operand);
            if (next is BinarySearchQuery both)
            {
                open.Push(both.Left);
                open.Push(both.Right);
            }
        }

        return keys;
    }
}

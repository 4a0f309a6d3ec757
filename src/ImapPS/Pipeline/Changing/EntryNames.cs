using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;

namespace ImapPS.Pipeline.Changing;

/// <summary>The entries of access lists that are wanted, and what was not found of them.</summary>
/// <param name="wanted">The identifiers, or wildcards for them.</param>
/// <param name="areNames">Whether wildcards are letters.</param>
internal sealed class EntryNames(IReadOnlyList<string> wanted, bool areNames = false)
{
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _others = new(StringComparer.Ordinal);

    /// <summary>The names that no list had, each with one that is much like it.</summary>
    public IEnumerable<(string Identifier, string? Alike)> Missing => wanted.Distinct(StringComparer.Ordinal)
        .Where(identifier => !_found.Contains(identifier) && (areNames || !Wildcard.IsOne(identifier)))
        .Select(identifier => (identifier, NearestName.Of(identifier, _others)));

    /// <summary>The entries of a list that are wanted.</summary>
    public IReadOnlyList<string> In(IReadOnlyList<ImapFolderPermission> list)
    {
        string[] entries = [.. list.Select(permission => permission.Identifier).Distinct(StringComparer.Ordinal)];
        _others.UnionWith(entries);
        return [.. wanted.SelectMany(identifier => Matching(identifier, entries)).Distinct(StringComparer.Ordinal)];
    }

    private string[] Matching(string identifier, string[] entries)
    {
        // Some servers make small letters of identifiers. Where one has the very name, nobody else is meant.
        string[] matching = Array.Exists(entries, entry => entry == identifier) ? [identifier]
            : areNames ? Array.FindAll(entries, entry => string.Equals(entry, identifier, StringComparison.OrdinalIgnoreCase))
            : Array.FindAll(entries, Wildcard.AnyOf([identifier])!);
        if (matching.Length > 0) _found.Add(identifier);
        return matching;
    }
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace ImapPS.Models;

/// <summary>
/// A list that does not change. As text it is its items, separated by commas. It groups, sorts, compares and exports as this text.
/// </summary>
/// <typeparam name="T">What it is a list of.</typeparam>
// No ICollection, unless it is empty: Group-Object would name its groups {one, two}. No array: it has a method Address, and Export-Csv
// writes its type.
[SuppressMessage("Design", "CA1036", Justification = ImapList<string>.NoOperators)]
[SuppressMessage("Design", "MA0097", Justification = ImapList<string>.NoOperators)]
public class ImapList<T> : IReadOnlyList<T>, IComparable
    where T : class
{
    internal const string NoOperators = "PowerShell compares and sorts by IComparable; nobody compares these in C#.";

    private readonly T[] _items;

    private protected ImapList(T[] items) => _items = items;

    /// <summary>A list of nothing.</summary>
    internal static ImapList<T> Empty { get; } = new EmptyImapList<T>();

    /// <summary>The number of items.</summary>
    public int Count => _items.Length;

    /// <summary>The item at a position, counted from 0.</summary>
    /// <param name="index">The position.</param>
    public T this[int index] => _items[index];

    /// <summary>A list of these.</summary>
    internal static ImapList<T> Of(IEnumerable<T> items) => items.ToArray() is { Length: > 0 } some ? new(some) : Empty;

    /// <summary>Returns an enumerator of the items.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <summary>Returns the items as text, separated by a comma and a space.</summary>
    /// <returns>The text; empty for a list of nothing.</returns>
    public override string ToString() => string.Join(", ", _items.Select(item => item.ToString()));

    /// <summary>Compares the text for sorting. Case is ignored.</summary>
    /// <param name="obj">A list, or a text.</param>
    /// <returns>True when the text is the same.</returns>
    public override bool Equals(object? obj) => obj is ImapList<T> or string && CompareTo(obj) == 0;

    /// <summary>Returns the hash code of the text. Case is ignored.</summary>
    /// <returns>The hash code.</returns>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    /// <summary>Sorts by the text, whatever its case.</summary>
    /// <param name="obj">A list, or a text.</param>
    /// <returns>Below zero when this comes first, zero when the text is the same.</returns>
    public int CompareTo(object? obj) => StringComparer.OrdinalIgnoreCase.Compare(ToString(), obj?.ToString());
}

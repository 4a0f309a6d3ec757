using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace ImapPS.Models;

/// <summary>
/// The addresses of a header field. It is text where one writes text, as local-part@domain with a comma between two, and has the Name
/// and the Address of its items, as PowerShell reads a property of a list: one value for one, several for several.
/// </summary>
[SuppressMessage("Design", "MA0097", Justification = ImapList<string>.NoOperators)]
public class ImapAddressList : ImapList<ImapAddress>
{
    private protected ImapAddressList(ImapAddress[] items)
        : base(items)
    {
    }

    /// <summary>A list of nobody.</summary>
    internal static new ImapAddressList Empty { get; } = new EmptyImapAddressList();

    // Properties of its own, since in strict mode PowerShell finds none in a list of nothing.

    /// <summary>The display name; an array of them for several addresses, and null for none.</summary>
    public object? Name => ValueOf(address => address.Name);

    /// <summary>The address, as local-part@domain; an array of them for several, and null for none.</summary>
    public object? Address => ValueOf(address => address.Address);

    /// <summary>Name and address, as a header has them; an array of them for several addresses, and null for none.</summary>
    public object? NameAndAddress => ValueOf(address => address.NameAndAddress);

    /// <summary>A list of these.</summary>
    internal static new ImapAddressList Of(IEnumerable<ImapAddress> items) => items.ToArray() is { Length: > 0 } some ? new(some) : Empty;

    private object? ValueOf(Func<ImapAddress, string> property) => Count switch
    {
        0 => null,
        1 => property(this[0]),
        _ => this.Select(property).ToArray<object>(),
    };
}

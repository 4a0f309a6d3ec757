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
public sealed class ImapAddressList : ImapList<ImapAddress>
{
    internal ImapAddressList(IEnumerable<ImapAddress> items)
        : base(items)
    {
    }

    /// <summary>A list of nobody.</summary>
    internal static new ImapAddressList Empty { get; } = new([]);

    // Properties of its own, since in strict mode PowerShell finds none in a list of nothing.

    /// <summary>The display name; an array of them for several addresses, and null for none.</summary>
    public object? Name => Of(address => address.Name);

    /// <summary>The address, as local-part@domain; an array of them for several, and null for none.</summary>
    public object? Address => Of(address => address.Address);

    /// <summary>Name and address, as a header has them; an array of them for several addresses, and null for none.</summary>
    public object? NameAndAddress => Of(address => address.NameAndAddress);

    private object? Of(Func<ImapAddress, string> property) => Count switch
    {
        0 => null,
        1 => property(this[0]),
        _ => this.Select(property).ToArray<object>(),
    };
}

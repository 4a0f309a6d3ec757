using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace ImapPS.Models;

/// <summary>
/// The addresses of a header field. As text it is the addresses, as local-part@domain, separated by commas. Its properties Name and Address
/// hold those of its items: one value for one address, an array for several.
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

    /// <summary>The display name. An array for several addresses. Null for none.</summary>
    public object? Name => ValueOf(address => address.Name);

    /// <summary>The address as local-part@domain. An array for several addresses. Null for none.</summary>
    public object? Address => ValueOf(address => address.Address);

    /// <summary>Name and address as in a header. An array for several addresses. Null for none.</summary>
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

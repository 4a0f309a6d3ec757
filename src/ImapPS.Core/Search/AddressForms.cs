using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Search;

/// <summary>A list of addresses as a text may mean it: the whole field, and each address in full, alone and by name.</summary>
internal static class AddressForms
{
    /// <summary>As they are shown; and with their domains as people read them, where they are shown otherwise.</summary>
    public static IEnumerable<string> Shown(IReadOnlyCollection<ImapAddress> addresses)
    {
        List<ImapAddress> readable =
            [.. addresses.Select(address => new ImapAddress(address.Name, DomainForms.ToUnicode(address.Address)))];
        return Forms(addresses).Concat(addresses.Select(address => address.Name)).Concat(Others(addresses, readable));
    }

    /// <summary>With their domains as servers write them; none where that is how they are shown.</summary>
    public static IEnumerable<string> InAscii(IReadOnlyCollection<ImapAddress> addresses) =>
        Others(addresses, [.. addresses.Select(address => new ImapAddress(address.Name, DomainForms.ToAscii(address.Address)))]);

    private static IEnumerable<string> Others(IReadOnlyCollection<ImapAddress> addresses, List<ImapAddress> others) =>
        addresses.Select(address => address.Address).SequenceEqual(others.Select(address => address.Address), StringComparer.Ordinal)
            ? [] : Forms(others);

    private static IEnumerable<string> Forms(IReadOnlyCollection<ImapAddress> addresses) =>
        addresses.SelectMany(address => new[] { address.NameAndAddress, address.Address })
        .Prepend(string.Join(", ", addresses.Select(address => address.NameAndAddress)));
}

using System;
using System.Diagnostics.CodeAnalysis;

namespace ImapPS.Models;

/// <summary>
/// An address in a message's header (RFC 5322, 3.4). Two addresses are equal if their addresses are equal. Case is ignored. An address also
/// equals its text, with or without the name: Name &lt;local-part@domain&gt;. A domain is the same in both of its forms,
/// münchen.example and xn--mnchen-3ya.example.
/// </summary>
[SuppressMessage("Design", "CA1036", Justification = ImapList<string>.NoOperators)]
[SuppressMessage("Design", "MA0097", Justification = ImapList<string>.NoOperators)]
public sealed class ImapAddress : IComparable
{
    internal ImapAddress(string name, string address)
    {
        Name = name;
        Address = address;
    }

    /// <summary>The display name, decoded. Empty if there is none.</summary>
    public string Name { get; }

    /// <summary>The address as local-part@domain. Empty for the name of a group.</summary>
    public string Address { get; }

    /// <summary>Name and address as in a header: Name &lt;local-part@domain&gt;. If one of them is empty, only the other.</summary>
    public string NameAndAddress =>
        Name.Length == 0 ? Address
        : Address.Length == 0 ? Name
        : $"{Name} <{Address}>";

    /// <summary>
    /// Returns the address, or the name if there is no address. So $message.From -like '*@example.org' compares the address.
    /// </summary>
    /// <returns>The text.</returns>
    public override string ToString() => Address.Length == 0 ? Name : Address;

    /// <summary>Compares the address with another address or a text. Case is ignored.</summary>
    /// <param name="obj">An address, or a text: local-part@domain, or Name &lt;local-part@domain&gt;.</param>
    /// <returns>True when it is the same address.</returns>
    public override bool Equals(object? obj) => obj switch
    {
        ImapAddress other => CompareTo(other) == 0,
        string text => CompareTo(AddressIn(text) ?? text) == 0,
        _ => false,
    };

    /// <summary>Returns the hash code of the address. Case is ignored.</summary>
    /// <returns>The hash code.</returns>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(DomainForms.ToUnicode(ToString()));

    /// <summary>Compares addresses for sorting. Case is ignored.</summary>
    /// <param name="obj">An address, or a text.</param>
    /// <returns>Below zero when this comes first, zero when it is the same address.</returns>
    public int CompareTo(object? obj) => StringComparer.OrdinalIgnoreCase.Compare(
        DomainForms.ToUnicode(ToString()), obj?.ToString() is { } text ? DomainForms.ToUnicode(text) : null);

    /// <summary>
    /// The address in a text such as Name &lt;local-part@domain&gt;, as it is shown or copied; null when the text is not of that form.
    /// </summary>
    internal static string? AddressIn(string text)
    {
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('<');
        if (open < 0 || trimmed.Length - open < 3 || trimmed[trimmed.Length - 1] != '>') return null;

        string address = trimmed.Substring(open + 1, trimmed.Length - open - 2);
        return address.IndexOf('<') < 0 && address.IndexOf('>') < 0 ? address : null;
    }
}

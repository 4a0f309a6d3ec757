namespace ImapPS.Models;

/// <summary>One address of a message's header (RFC 5322, 3.4).</summary>
public sealed class ImapAddress
{
    internal ImapAddress(string name, string address)
    {
        Name = name;
        Address = address;
    }

    /// <summary>The display name, decoded; empty when there is none.</summary>
    public string Name { get; }

    /// <summary>The address itself, as local-part@domain; empty for the name of a group.</summary>
    public string Address { get; }

    /// <summary>Both, as a header has them: Name &lt;local-part@domain&gt;, or what there is of it.</summary>
    public string NameAndAddress =>
        Name.Length == 0 ? Address
        : Address.Length == 0 ? Name
        : $"{Name} <{Address}>";

    /// <summary>The address, so that $message.From -like '*@example.org' means what it says; the name where there is no address.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Address.Length == 0 ? Name : Address;
}

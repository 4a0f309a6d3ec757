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

    /// <summary>The address as people write it: Name &lt;local-part@domain&gt;, or what there is of it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        Name.Length == 0 ? Address
        : Address.Length == 0 ? Name
        : $"{Name} <{Address}>";
}

namespace ImapPS.Models;

/// <summary>A header field of a message (RFC 5322, 2.2).</summary>
public sealed class ImapHeader
{
    internal ImapHeader(string name, string value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The name of the field, as the sender wrote it.</summary>
    public string Name { get; }

    /// <summary>The value of the field, decoded and unfolded. Control characters are shown as pictures.</summary>
    public string Value { get; }

    /// <summary>Returns the field as in a message.</summary>
    /// <returns>Name: value.</returns>
    public override string ToString() => $"{Name}: {Value}";
}

namespace ImapPS.Models;

/// <summary>One header field of a message (RFC 5322, 2.2).</summary>
public sealed class ImapHeader
{
    internal ImapHeader(string name, string value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The field's name, as the sender wrote it.</summary>
    public string Name { get; }

    /// <summary>The field's value, decoded and unfolded; control characters in it are shown as pictures.</summary>
    public string Value { get; }

    /// <summary>The field as it stands in a message.</summary>
    /// <returns>Name: value.</returns>
    public override string ToString() => $"{Name}: {Value}";
}

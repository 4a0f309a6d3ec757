namespace ImapPS.Models;

/// <summary>A literal in a response of a server: octets as they came.</summary>
public sealed class ImapLiteral
{
    /// <summary>The literal: text, or Base64 if it is not text in UTF-8.</summary>
    public string Value { get; internal init; } = string.Empty;

    /// <summary>True if the literal is text.</summary>
    public bool IsText { get; internal init; } = true;

    /// <summary>The size of the literal, in octets.</summary>
    public long Size { get; internal init; }

    /// <summary>Returns the octets of the literal.</summary>
    /// <returns>The octets.</returns>
    public byte[] GetBytes() => OctetText.Octets(Value, IsText);

    /// <summary>Returns the literal.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value;

    /// <summary>A literal as it came.</summary>
    internal static ImapLiteral Of(byte[] octets)
    {
        (string value, bool isText) = OctetText.Of(octets);
        return new ImapLiteral { Value = value, IsText = isText, Size = octets.Length };
    }
}

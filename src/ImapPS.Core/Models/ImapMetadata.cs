using System;

namespace ImapPS.Models;

/// <summary>An entry of the metadata of a folder or of the server (RFC 5464).</summary>
public sealed class ImapMetadata
{
    /// <summary>The id of the session that the entry was read from.</summary>
    public int SessionId { get; internal init; }

    /// <summary>The path of the folder. Empty for an entry of the server.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>The name of the entry, such as /private/comment.</summary>
    public string Entry { get; internal init; } = string.Empty;

    /// <summary>The value: text, or Base64 if it is not text in UTF-8.</summary>
    public string Value { get; internal init; } = string.Empty;

    /// <summary>True if the value is text.</summary>
    public bool IsText { get; internal init; } = true;

    /// <summary>The size of the value, in octets.</summary>
    public long Size { get; internal init; }

    /// <summary>True if only the user sees the entry.</summary>
    public bool IsPrivate { get; internal init; }

    /// <summary>Returns the octets of the value.</summary>
    /// <returns>The octets.</returns>
    public byte[] GetBytes() => OctetText.Octets(Value, IsText);

    /// <summary>Returns the value.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value;

    /// <summary>An entry as it came.</summary>
    internal static ImapMetadata Of(int session, string folder, string entry, byte[] octets)
    {
        (string value, bool isText) = OctetText.Of(octets);
        return new ImapMetadata
        {
            SessionId = session,
            Folder = folder,
            Entry = entry,
            Value = value,
            IsText = isText,
            Size = octets.Length,
            IsPrivate = entry.StartsWith("/private", StringComparison.OrdinalIgnoreCase),
        };
    }
}

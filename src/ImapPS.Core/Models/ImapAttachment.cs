namespace ImapPS.Models;

/// <summary>What a message's structure says of one attachment; the bytes stay on the server.</summary>
public sealed class ImapAttachment
{
    internal ImapAttachment(string name, string type, long size, string part)
    {
        Name = name;
        Type = type;
        Size = size;
        Part = part;
    }

    /// <summary>The file name that the sender gave; empty when there is none. Not safe as a path as it stands.</summary>
    public string Name { get; }

    /// <summary>The media type, such as application/pdf.</summary>
    public string Type { get; }

    /// <summary>The size in octets, as transferred (encoded).</summary>
    public long Size { get; }

    /// <summary>The part's number within the message, such as 2 or 1.3 (RFC 9051, 6.4.5).</summary>
    public string Part { get; }

    /// <summary>The name, or the media type where there is none.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name.Length == 0 ? Type : Name;
}

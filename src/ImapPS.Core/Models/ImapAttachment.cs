namespace ImapPS.Models;

/// <summary>An attachment as the structure of a message describes it. The content stays on the server.</summary>
public sealed class ImapAttachment
{
    internal ImapAttachment(string name, string type, long size, string part)
    {
        Name = name;
        Type = type;
        Size = size;
        Part = part;
    }

    /// <summary>The file name that the sender gave. Empty if there is none. It is not safe as a path.</summary>
    public string Name { get; }

    /// <summary>The media type, such as application/pdf.</summary>
    public string Type { get; }

    /// <summary>The size in octets, as transferred (encoded).</summary>
    public long Size { get; }

    /// <summary>The number of the part in the message, such as 2 or 1.3 (RFC 9051, 6.4.5).</summary>
    public string Part { get; }

    /// <summary>Returns the name, or the media type if there is no name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name.Length == 0 ? Type : Name;
}

namespace ImapPS.Models;

/// <summary>A folder (mailbox, in the RFC's terms) as it was when it was read.</summary>
public sealed class ImapFolder
{
    /// <summary>The session that the folder was read from.</summary>
    public int SessionId { get; internal init; }

    /// <summary>The whole mailbox name in Unicode, with the server's own hierarchy delimiter.</summary>
    public string Path { get; internal init; } = string.Empty;

    /// <summary>The last part of the path.</summary>
    public string Name { get; internal init; } = string.Empty;

    /// <summary>The server's hierarchy delimiter; empty where the namespace is flat.</summary>
    public string Delimiter { get; internal init; } = string.Empty;

    /// <summary>The folder's role, if the server gives it one (RFC 6154).</summary>
    public ImapSpecialUse SpecialUse { get; internal init; }

    /// <summary>The attributes of the folder as LIST gave them, such as \HasChildren (RFC 9051, 7.3.1).</summary>
    public ImapList<string> Attributes { get; internal init; } = ImapList<string>.Empty;

    /// <summary>True when the user is subscribed to the folder.</summary>
    public bool Subscribed { get; internal init; }

    /// <summary>False for a folder that holds other folders only (\Noselect).</summary>
    public bool Selectable { get; internal init; }

    /// <summary>The number of messages; null with -NoStatus, or for a folder that cannot be selected.</summary>
    public int? MessageCount { get; internal init; }

    /// <summary>The number of messages without \Seen; null where MessageCount is.</summary>
    public int? UnreadCount { get; internal init; }

    /// <summary>The size of all messages, in octets; null where the server cannot tell (it lacks STATUS=SIZE, RFC 8438).</summary>
    public long? Size { get; internal init; }

    /// <summary>The UIDVALIDITY: UIDs mean something only together with it (RFC 9051, 2.3.1.1).</summary>
    public uint? UidValidity { get; internal init; }

    /// <summary>The UID that the next message to arrive will have at the least.</summary>
    public uint? UidNext { get; internal init; }

    /// <summary>The highest modification sequence; null where the server lacks CONDSTORE (RFC 7162).</summary>
    public ulong? HighestModSeq { get; internal init; }

    /// <summary>The path.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Path;
}

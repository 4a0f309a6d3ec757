namespace ImapPS.Models;

/// <summary>A folder (a mailbox in the terms of the RFC) at the time when it was read.</summary>
public sealed class ImapFolder
{
    /// <summary>The id of the session that the folder was read from.</summary>
    public int SessionId { get; internal init; }

    /// <summary>The whole name of the mailbox in Unicode, with the server's own hierarchy delimiter.</summary>
    public string Path { get; internal init; } = string.Empty;

    /// <summary>The last part of the path.</summary>
    public string Name { get; internal init; } = string.Empty;

    /// <summary>The server's hierarchy delimiter. Empty if the server has no hierarchy.</summary>
    public string Delimiter { get; internal init; } = string.Empty;

    /// <summary>The role of the folder, if the server gives it one (RFC 6154).</summary>
    public ImapSpecialUse SpecialUse { get; internal init; }

    /// <summary>The attributes of the folder in the answer to LIST, such as \HasChildren (RFC 9051, 7.3.1).</summary>
    public ImapList<string> Attributes { get; internal init; } = ImapList<string>.Empty;

    /// <summary>True if the user is subscribed to the folder.</summary>
    public bool Subscribed { get; internal init; }

    /// <summary>False if the folder holds only other folders (\Noselect).</summary>
    public bool Selectable { get; internal init; }

    /// <summary>The number of messages. Null with -NoStatus, or if the folder cannot be selected.</summary>
    public int? MessageCount { get; internal init; }

    /// <summary>The number of messages without \Seen. Null if MessageCount is null.</summary>
    public int? UnreadCount { get; internal init; }

    /// <summary>The total size of all messages, in octets. Null if the server does not report it (STATUS=SIZE, RFC 8438).</summary>
    public long? Size { get; internal init; }

    /// <summary>The UIDVALIDITY. UIDs are valid only together with it (RFC 9051, 2.3.1.1).</summary>
    public uint? UidValidity { get; internal init; }

    /// <summary>The lowest UID that the next message can get.</summary>
    public uint? UidNext { get; internal init; }

    /// <summary>The highest modification sequence. Null if the server does not support CONDSTORE (RFC 7162).</summary>
    public ulong? HighestModSeq { get; internal init; }

    /// <summary>Returns the path.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Path;
}

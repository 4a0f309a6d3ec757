using System;

namespace ImapPS.Models;

/// <summary>Something that happened to a message of a watched folder. Folder, UidValidity and Uid name the message.</summary>
public sealed class ImapFolderEvent
{
    internal ImapFolderEvent()
    {
    }

    /// <summary>The session in which the folder is watched.</summary>
    public int? SessionId { get; internal init; }

    /// <summary>When the watch learned of it.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>What happened.</summary>
    public ImapFolderEventKind Kind { get; internal init; }

    /// <summary>The path of the folder.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>The folder's UIDVALIDITY, under which the UID is valid.</summary>
    public uint? UidValidity { get; internal init; }

    /// <summary>The unique identifier of the message within its folder.</summary>
    public uint Uid { get; internal init; }

    /// <summary>The system flags that the message has now; none for one that is gone.</summary>
    public ImapMessageFlags Flags { get; internal init; }

    /// <summary>The keywords that the message has now; none for one that is gone.</summary>
    public ImapList<string> Keywords { get; internal init; } = ImapList<string>.Empty;

    /// <summary>The message that arrived, as Get-ImapMessage would have it; null for other events.</summary>
    public ImapMessage? Message { get; internal init; }

    /// <summary>The event in words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant($"{Kind}: {Uid} of {DisplayText.Printable(Folder)}");
}

using System;

namespace ImapPS.Models;

/// <summary>An event about a message of a watched folder. Folder, UidValidity and Uid identify the message.</summary>
public sealed class ImapFolderEvent
{
    internal ImapFolderEvent()
    {
    }

    /// <summary>The id of the session in which the folder is watched.</summary>
    public int? SessionId { get; internal init; }

    /// <summary>The time at which the watch noticed the event.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>The kind of the event.</summary>
    public ImapFolderEventKind Kind { get; internal init; }

    /// <summary>The path of the folder.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>The UIDVALIDITY of the folder. The UID is valid only together with it.</summary>
    public uint? UidValidity { get; internal init; }

    /// <summary>The unique identifier of the message in its folder.</summary>
    public uint Uid { get; internal init; }

    /// <summary>The current system flags of the message. None if the message is gone.</summary>
    public ImapMessageFlags Flags { get; internal init; }

    /// <summary>The current keywords of the message. Empty if the message is gone.</summary>
    public ImapList<string> Keywords { get; internal init; } = ImapList<string>.Empty;

    /// <summary>The message that arrived, as Get-ImapMessage returns it. Null for other events.</summary>
    public ImapMessage? Message { get; internal init; }

    /// <summary>Returns the event in words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant($"{Kind}: {Uid} of {DisplayText.Printable(Folder)}");
}

using System;
using System.Globalization;

namespace ImapPS.Models;

/// <summary>
/// A mark that separates the messages that were there from those that came later. It is a folder object that was read before, or a point in
/// time.
/// </summary>
public sealed class MailboxMark
{
    // Not public: only what is known to be one or the other becomes a mark.
    internal MailboxMark(FolderPath folder, uint uidNext)
    {
        Folder = folder;
        UidNext = uidNext;
    }

    internal MailboxMark(DateTimeOffset instant) => Instant = instant;

    /// <summary>The folder, with the UIDVALIDITY that it had. Null for a point in time.</summary>
    public FolderPath? Folder { get; }

    /// <summary>The lowest UID that the next message could get. Null for a point in time.</summary>
    public uint? UidNext { get; }

    /// <summary>
    /// The highest modification sequence that the folder had (CONDSTORE, RFC 7162). Null for a point in time, or if the server has none.
    /// </summary>
    public ulong? HighestModSeq { get; internal init; }

    /// <summary>The number of messages that the folder had. Null for a point in time.</summary>
    public int? MessageCount { get; internal init; }

    /// <summary>The point in time. Null for a folder.</summary>
    public DateTimeOffset? Instant { get; }

    /// <summary>Returns the mark in words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Instant is { } instant
        ? instant.ToString("u", CultureInfo.InvariantCulture)
        : string.Format(CultureInfo.InvariantCulture, "UID {0} of {1}", UidNext, Folder);
}

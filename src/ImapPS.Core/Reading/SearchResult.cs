using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Reading;

/// <summary>The UIDs that a search found.</summary>
/// <param name="Folder">The folder's path as the server writes it.</param>
/// <param name="UidValidity">The UIDVALIDITY that the UIDs belong to.</param>
/// <param name="Uids">The UIDs, in the order in which they are wanted.</param>
internal sealed record SearchResult(string Folder, uint? UidValidity, IReadOnlyList<uint> Uids)
{
    /// <summary>The UID that the next message would have had at the least when the folder was opened, if the server tells.</summary>
    public uint? UidNext { get; init; }

    /// <summary>The server's identifier of the folder (MAILBOXID of OBJECTID, RFC 8474), if it has one.</summary>
    public string? MailboxId { get; init; }

    /// <summary>What the server could be asked.</summary>
    public ServerAbilities Server { get; init; } = new();

    /// <summary>False when the messages must still be compared with the criteria.</summary>
    public bool IsExact { get; init; } = true;

    /// <summary>True when the messages have been compared with the criteria already.</summary>
    public bool IsCompared { get; init; }

    /// <summary>True when the UIDs ascend, each once.</summary>
    public bool IsAscending { get; init; } = true;

    /// <summary>False when the server left the sorting, or the threading, to the module.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>Where each message stands in its thread; null when threads were not asked for.</summary>
    public IReadOnlyDictionary<uint, ThreadPlace>? Places { get; init; }

    /// <summary>The commands that searched, as they were sent.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];
}

/// <summary>Where a message stands in its thread.</summary>
/// <param name="Root">The UID of the message that the thread begins with.</param>
/// <param name="Depth">How many answers lie between the two.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ThreadPlace(uint Root, int Depth);

/// <summary>One window of a listing.</summary>
/// <param name="Asked">The UIDs asked for.</param>
/// <param name="Messages">The messages that are there, in the same order.</param>
internal sealed record MessageWindow(IReadOnlyList<uint> Asked, IReadOnlyList<ImapMessage> Messages)
{
    /// <summary>The UIDs of the messages that cannot be read, which has been told.</summary>
    public IReadOnlyCollection<uint> Unread { get; init; } = [];

    /// <summary>The UIDs of the messages that are not there.</summary>
    public IEnumerable<uint> Missing => Asked.Except(Messages.Select(message => message.Uid)).Except(Unread);
}

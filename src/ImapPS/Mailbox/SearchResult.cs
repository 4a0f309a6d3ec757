using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Mailbox;

/// <summary>The UIDs that a search found, ascending.</summary>
/// <param name="Folder">The folder's path as the server writes it.</param>
/// <param name="UidValidity">The UIDVALIDITY that the UIDs belong to.</param>
/// <param name="Uids">The UIDs.</param>
/// <param name="IsExact">False when the messages must still be compared with the criteria.</param>
internal sealed record SearchResult(string Folder, uint? UidValidity, IReadOnlyList<uint> Uids, bool IsExact);

/// <summary>One window of a listing.</summary>
/// <param name="Asked">The UIDs asked for.</param>
/// <param name="Messages">The messages that are there.</param>
internal sealed record MessageWindow(IReadOnlyList<uint> Asked, IReadOnlyList<ImapMessage> Messages)
{
    public IEnumerable<uint> Missing => Asked.Except(Messages.Select(message => message.Uid));
}

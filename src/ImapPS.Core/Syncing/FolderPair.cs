using ImapPS.Models;

namespace ImapPS.Syncing;

/// <summary>A folder, and the one of the other account that is to hold the same.</summary>
/// <param name="Source">The folder.</param>
/// <param name="Destination">The path of the other one, as its server writes it.</param>
/// <param name="There">The other one as it was listed; null while it is missing.</param>
internal sealed record FolderPair(ImapFolder Source, string Destination, ImapFolder? There)
{
    /// <summary>The UIDVALIDITY that the folder must have, if one was given.</summary>
    public uint? UidValidity { get; init; }

    /// <summary>
    /// True when another folder there, or one that is to be made, differs in nothing but upper and lower case, which a server may not tell
    /// apart.
    /// </summary>
    public bool HasVariant { get; init; }
}

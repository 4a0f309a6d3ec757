namespace ImapPS.Models;

/// <summary>What happened in a folder.</summary>
public enum ImapFolderEventKind : long
{
    /// <summary>A message came into the folder.</summary>
    Arrived,

    /// <summary>A message left the folder: it was expunged, or moved elsewhere.</summary>
    Expunged,

    /// <summary>A message has other flags or keywords.</summary>
    FlagsChanged,
}

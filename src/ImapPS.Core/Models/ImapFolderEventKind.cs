namespace ImapPS.Models;

/// <summary>The kinds of events in a folder.</summary>
public enum ImapFolderEventKind : long
{
    /// <summary>A message arrived in the folder.</summary>
    Arrived,

    /// <summary>A message left the folder. It was expunged, or moved to another folder.</summary>
    Expunged,

    /// <summary>The flags or keywords of a message changed.</summary>
    FlagsChanged,
}

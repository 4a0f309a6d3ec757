using System;

namespace ImapPS.Watching;

/// <summary>What a server told of a folder.</summary>
[Flags]
internal enum FolderNews
{
    None = 0,

    /// <summary>Messages came.</summary>
    Arrived = 1,

    /// <summary>Messages have other flags, keywords or labels.</summary>
    Changed = 2,

    /// <summary>Nobody listened for a while.</summary>
    Unknown = Arrived | Changed,
}

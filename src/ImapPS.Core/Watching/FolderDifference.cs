using System.Collections.Generic;

namespace ImapPS.Watching;

/// <summary>What is new in a folder since it was last looked into.</summary>
internal sealed record FolderDifference
{
    /// <summary>The messages that are gone, of those that were known.</summary>
    public IReadOnlyList<uint> Gone { get; init; } = [];

    /// <summary>
    /// The messages that the server names as gone, when they are more than can have been there: of none of them is known that it was.
    /// </summary>
    public IReadOnlyList<uint> Forgotten { get; init; } = [];

    /// <summary>The known messages that may have other flags.</summary>
    public IReadOnlyList<FlagsOfMessage> Changed { get; init; } = [];

    /// <summary>The messages that came, ascending.</summary>
    public IReadOnlyList<uint> Arrived { get; init; } = [];

    /// <summary>The messages that came and cannot be read, ascending. That was told.</summary>
    public IReadOnlyList<uint> Unread { get; init; } = [];

    /// <summary>All messages of the folder, ascending, when the state is to keep no others; else null.</summary>
    public IReadOnlyList<uint>? Present { get; init; }

    /// <summary>The modification sequence up to which this look has seen everything; 0 where the server has none.</summary>
    public ulong ModSeq { get; init; }

    /// <summary>The figures of the folder when it was opened for this look; null when it was open already.</summary>
    public FolderStatus? Opened { get; init; }

    /// <summary>True when the server told of more than can be made out, so that another look is needed.</summary>
    public bool IsPartial { get; init; }
}

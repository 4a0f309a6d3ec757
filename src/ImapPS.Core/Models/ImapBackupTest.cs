using System;
using System.Collections.Generic;

namespace ImapPS.Models;

/// <summary>What Test-ImapBackup found out about a folder of a backup, or about its manifest.</summary>
public sealed class ImapBackupTest
{
    internal ImapBackupTest()
    {
    }

    /// <summary>The path of the folder. Empty for what belongs to no folder: the manifest, and files in other places.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>Passed or Failed.</summary>
    public ImapStepResult Result { get; internal init; }

    /// <summary>The number of messages of the folder in the backup. Messages that are marked as deleted are counted too.</summary>
    public int Count { get; internal init; }

    /// <summary>The size of these messages, in octets.</summary>
    public long Bytes { get; internal init; }

    /// <summary>What is wrong.</summary>
    public ImapList<ImapBackupProblem> Problems { get; internal init; } = ImapList<ImapBackupProblem>.Empty;

    /// <summary>The directory.</summary>
    public string Directory { get; internal init; } = string.Empty;

    /// <summary>
    /// The time of the last backup of the folder that was complete. Null if there was none, or if there were only backups with criteria.
    /// </summary>
    public DateTimeOffset? LastComplete { get; internal init; }

    /// <summary>The same with its problems, and the result that follows from them.</summary>
    internal ImapBackupTest With(IReadOnlyList<ImapBackupProblem> problems) => new()
    {
        Folder = Folder,
        Result = problems.Count == 0 ? ImapStepResult.Passed : ImapStepResult.Failed,
        Count = Count,
        Bytes = Bytes,
        Problems = ImapList<ImapBackupProblem>.Of(problems),
        Directory = Directory,
        LastComplete = LastComplete,
    };

    /// <summary>Returns the folder and the result.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Folder}: {Result}";
}

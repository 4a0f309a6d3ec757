using System;

namespace ImapPS.Models;

/// <summary>What Restore-ImapFolder did for a folder.</summary>
public sealed class ImapFolderRestore
{
    internal ImapFolderRestore()
    {
    }

    /// <summary>The path of the folder in the backup.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>The path of the folder that the messages were restored to.</summary>
    public string RestoredTo { get; internal init; } = string.Empty;

    /// <summary>The number of messages of the folder in the backup.</summary>
    public int Count { get; internal init; }

    /// <summary>The number of messages that were restored.</summary>
    public int Restored { get; internal init; }

    /// <summary>The number of messages that the folder on the server had already.</summary>
    public int Existing { get; internal init; }

    /// <summary>The number of messages that could not be restored. Each of them is an error.</summary>
    public int Failed { get; internal init; }

    /// <summary>The size of the messages that were restored, in octets.</summary>
    public long Bytes { get; internal init; }

    /// <summary>True if the folder was created.</summary>
    public bool Created { get; internal init; }

    /// <summary>The id of the session.</summary>
    public int SessionId { get; internal init; }

    /// <summary>The time that it took to restore the folder.</summary>
    public TimeSpan Elapsed { get; internal init; }
}

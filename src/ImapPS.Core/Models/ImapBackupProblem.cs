namespace ImapPS.Models;

/// <summary>Something that is wrong with a backup.</summary>
public sealed class ImapBackupProblem
{
    internal ImapBackupProblem(ImapBackupProblemKind kind, string reason)
    {
        Kind = kind;
        Reason = reason;
    }

    /// <summary>What is wrong.</summary>
    public ImapBackupProblemKind Kind { get; }

    /// <summary>The UID of the message. 0 if the problem is not about a message.</summary>
    public uint Uid { get; internal init; }

    /// <summary>The file. Empty if the problem is not about a file.</summary>
    public string File { get; internal init; } = string.Empty;

    /// <summary>The problem in words.</summary>
    public string Reason { get; }

    /// <summary>Returns the problem in words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Reason;
}

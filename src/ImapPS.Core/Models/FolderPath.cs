using System;

namespace ImapPS.Models;

/// <summary>A folder as a parameter takes it: a path, or a folder object.</summary>
public sealed class FolderPath
{
    // Not public: PowerShell would turn any piped object into text, and the text into a folder.
    internal FolderPath(string path) => Path = path ?? throw new ArgumentNullException(nameof(path));

    internal FolderPath(string path, int? sessionId, uint? uidValidity, bool selectable = true)
        : this(path)
    {
        Session = sessionId is { } id ? new SessionReference(id) : null;
        UidValidity = uidValidity;
        Selectable = selectable;
        IsLiteral = true;
    }

    /// <summary>What was given and is no folder, for an error that says so. Its path is empty, which no folder's is.</summary>
    internal FolderPath(ItemKind kind, object given)
        : this(string.Empty)
    {
        Kind = kind;
        Given = given;
        IsLiteral = true;
    }

    /// <summary>The mailbox name in Unicode, with the server's own hierarchy delimiter.</summary>
    public string Path { get; }

    /// <summary>The session that the folder was read from, if it came from one.</summary>
    public int? SessionId => Session?.Id;

    /// <summary>The UIDVALIDITY that the folder had when it was read, if it was.</summary>
    public uint? UidValidity { get; }

    /// <summary>False when a folder object says that the folder holds other folders only (\Noselect).</summary>
    public bool Selectable { get; } = true;

    /// <summary>True when the path comes from a folder object, so that no character of it is a wildcard.</summary>
    public bool IsLiteral { get; }

    /// <summary>The session that the folder came from, or that its row names.</summary>
    internal SessionReference? Session { get; init; }

    /// <summary>What was given: text or a folder, if it can be used as one.</summary>
    internal ItemKind Kind { get; } = ItemKind.Folder;

    /// <summary>The object that was given and is no folder.</summary>
    internal object? Given { get; }

    /// <summary>What of a row cannot be read.</summary>
    internal RowFlaw? Flaw { get; init; }

    /// <summary>The property by which a row names a message.</summary>
    internal string? MessageProperty { get; init; }

    /// <summary>The UID of the one message that is meant, where a parameter takes messages too.</summary>
    internal uint? Uid { get; init; }

    /// <summary>The path.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Path;
}

using System;

namespace ImapPS.Models;

/// <summary>A folder as a parameter value: a path, or a folder object.</summary>
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

    /// <summary>The name of the mailbox in Unicode, with the server's own hierarchy delimiter.</summary>
    public string Path { get; }

    /// <summary>The id of the session that the folder was read from. Null if it is not known.</summary>
    public int? SessionId => Session?.Id;

    /// <summary>The UIDVALIDITY that the folder had when it was read. Null if it was not read.</summary>
    public uint? UidValidity { get; }

    /// <summary>False if a folder object says that the folder holds only other folders (\Noselect).</summary>
    public bool Selectable { get; } = true;

    /// <summary>True if the path comes from a folder object. No character of it is a wildcard then.</summary>
    public bool IsLiteral { get; }

    /// <summary>The session that the folder came from, or that its row names.</summary>
    internal SessionReference? Session { get; init; }

    /// <summary>What was given: text or a folder, if it can be used as a folder.</summary>
    internal ItemKind Kind { get; } = ItemKind.Folder;

    /// <summary>The object that was given and is not a folder.</summary>
    internal object? Given { get; }

    /// <summary>The value of a row that cannot be read.</summary>
    internal RowFlaw? Flaw { get; init; }

    /// <summary>The property by which a row identifies a message.</summary>
    internal string? MessageProperty { get; init; }

    /// <summary>The UID of the only message that is meant, if a parameter takes messages too.</summary>
    internal uint? Uid { get; init; }

    /// <summary>The measurement whose messages are meant. The path is empty then: it names the folders.</summary>
    internal ImapMeasure? Measure { get; init; }

    /// <summary>Returns the path.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Path;
}

namespace ImapPS.Models;

/// <summary>The kinds of objects that a parameter gets: live, imported, or rows of a file.</summary>
internal enum ItemKind
{
    /// <summary>Text, or a number.</summary>
    Text,

    /// <summary>A session.</summary>
    Session,

    /// <summary>A folder object, or a row that has a Path.</summary>
    Folder,

    /// <summary>A row that has a Folder, and no property of a message.</summary>
    FolderName,

    /// <summary>A message, an event about a message, or a row that identifies a message or should.</summary>
    Message,

    /// <summary>A file, a directory, or another item of a PowerShell drive.</summary>
    File,

    /// <summary>A summary that a cmdlet returned after its changes.</summary>
    Summary,

    /// <summary>A namespace, a quota, a right, metadata, the answer to a command, or what became of a backup.</summary>
    Setting,

    /// <summary>The numbers of a group of messages.</summary>
    Measure,

    /// <summary>A row of something else.</summary>
    Row,

    /// <summary>Anything else.</summary>
    Other,
}

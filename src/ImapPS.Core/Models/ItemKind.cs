namespace ImapPS.Models;

/// <summary>What an object is that a parameter was given, whether it is live, was imported, or is a row of a file.</summary>
internal enum ItemKind
{
    /// <summary>Text, or a number.</summary>
    Text,

    /// <summary>A session.</summary>
    Session,

    /// <summary>A folder object, or a row that has a Path.</summary>
    Folder,

    /// <summary>A row that has a Folder, and nothing that a message has.</summary>
    FolderName,

    /// <summary>A message, an event about one, or a row that names one or should.</summary>
    Message,

    /// <summary>A file, a directory, or another item of one of PowerShell's drives.</summary>
    File,

    /// <summary>What a cmdlet says that it has changed, at the end of what it emits.</summary>
    Summary,

    /// <summary>A row of something else.</summary>
    Row,

    /// <summary>Anything else.</summary>
    Other,
}

namespace ImapPS.Mailbox;

/// <summary>What an operation must see of a folder that is open already.</summary>
internal enum FolderView
{
    /// <summary>What it was when the server last told of it.</summary>
    AsTold,

    /// <summary>Also what has arrived and gone since: asked for with a NOOP.</summary>
    WithNews,

    /// <summary>
    /// That it is still the same folder, which only a SELECT or EXAMINE tells: a server may go on with the old UIDVALIDITY after
    /// another client has removed the folder and made it anew, and take UIDs for messages of the new one.
    /// </summary>
    OpenedAnew,
}

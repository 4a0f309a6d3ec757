using System;

namespace ImapPS.Models;

/// <summary>The rights to a folder (RFC 4314, 2.1), and combinations of them.</summary>
[Flags]
public enum ImapFolderRights : long
{
    /// <summary>No right.</summary>
    None = 0,

    /// <summary>l: the folder is listed, and can be subscribed to.</summary>
    Lookup = 1,

    /// <summary>r: the folder can be opened, and its messages can be read.</summary>
    Read = 2,

    /// <summary>s: the flag \Seen is kept.</summary>
    Seen = 4,

    /// <summary>w: flags can be set, except \Seen and \Deleted, and keywords.</summary>
    Write = 8,

    /// <summary>i: messages can be added to the folder.</summary>
    Insert = 16,

    /// <summary>p: mail can be sent to the address of the folder.</summary>
    Post = 32,

    /// <summary>k: folders can be created below the folder.</summary>
    CreateFolder = 64,

    /// <summary>x: the folder can be removed.</summary>
    DeleteFolder = 128,

    /// <summary>t: the flag \Deleted can be set.</summary>
    DeleteMessage = 256,

    /// <summary>e: messages that are marked \Deleted can be expunged.</summary>
    Expunge = 512,

    /// <summary>a: the rights to the folder can be read and changed.</summary>
    Administer = 1024,

    /// <summary>c: CreateFolder, or DeleteFolder, or both. Obsolete (RFC 2086).</summary>
    Create = 2048,

    /// <summary>d: DeleteMessage, Expunge, or DeleteFolder, or several of them. Obsolete (RFC 2086).</summary>
    Delete = 4096,

    /// <summary>lrs: messages can be read.</summary>
    Reader = Lookup | Read | Seen,

    /// <summary>lrswite: messages can be read, added, changed and removed.</summary>
    Editor = Reader | Write | Insert | DeleteMessage | Expunge,

    /// <summary>lrswipkxtea: all rights that are not obsolete.</summary>
    Owner = Editor | Post | CreateFolder | DeleteFolder | Administer,
}

namespace ImapPS.Models;

/// <summary>The kinds of namespaces (RFC 2342).</summary>
public enum ImapNamespaceKind : long
{
    /// <summary>The user's own folders.</summary>
    Personal,

    /// <summary>The folders of other users, as far as the user may see them.</summary>
    Others,

    /// <summary>Folders that are shared, and belong to no user.</summary>
    Shared,
}

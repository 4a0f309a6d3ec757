using System;
using System.Collections.Generic;
using System.Globalization;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;
using ImapFolder = ImapPS.Models.ImapFolder;

namespace ImapPS.Folders;

/// <summary>MailKit's folder to the module's.</summary>
internal static class FolderMapping
{
    private static readonly (FolderAttributes Flag, string Name)[] _attributes =
    [
        (FolderAttributes.HasChildren, "\\HasChildren"),
        (FolderAttributes.HasNoChildren, "\\HasNoChildren"),
        (FolderAttributes.Marked, "\\Marked"),
        (FolderAttributes.Unmarked, "\\Unmarked"),
        (FolderAttributes.NoInferiors, "\\Noinferiors"),
        (FolderAttributes.NoSelect, "\\Noselect"),
        (FolderAttributes.NonExistent, "\\NonExistent"),
        (FolderAttributes.Remote, "\\Remote"),
        (FolderAttributes.Subscribed, "\\Subscribed"),
    ];

    private static readonly (ImapSpecialUse Role, FolderAttributes Flag, SpecialFolder Folder)[] _roles =
    [
        (ImapSpecialUse.All, FolderAttributes.All, SpecialFolder.All),
        (ImapSpecialUse.Archive, FolderAttributes.Archive, SpecialFolder.Archive),
        (ImapSpecialUse.Drafts, FolderAttributes.Drafts, SpecialFolder.Drafts),
        (ImapSpecialUse.Flagged, FolderAttributes.Flagged, SpecialFolder.Flagged),
        (ImapSpecialUse.Important, FolderAttributes.Important, SpecialFolder.Important),
        (ImapSpecialUse.Junk, FolderAttributes.Junk, SpecialFolder.Junk),
        (ImapSpecialUse.Sent, FolderAttributes.Sent, SpecialFolder.Sent),
        (ImapSpecialUse.Trash, FolderAttributes.Trash, SpecialFolder.Trash),
    ];

    public static bool IsSelectable(IMailFolder folder) => !folder.Attributes.HasFlag(FolderAttributes.NoSelect)
        && !folder.Attributes.HasFlag(FolderAttributes.NonExistent);

    public static ImapFolder ToModel(ImapClient client, IMailFolder folder, int sessionId, bool subscribed, bool hasStatus)
    {
        bool counted = hasStatus && IsSelectable(folder) && folder.UidValidity != 0;
        ImapSpecialUse role = RoleOf(client, folder);
        return new ImapFolder
        {
            SessionId = sessionId,
            Path = folder.FullName,
            Name = folder.Name,
            Delimiter = folder.DirectorySeparator == '\0' ? string.Empty : folder.DirectorySeparator.ToString(CultureInfo.InvariantCulture),
            SpecialUse = role,
            Attributes = ImapList<string>.Of(Attributes(folder.Attributes, role)),
            Subscribed = subscribed,
            Selectable = IsSelectable(folder),
            MessageCount = counted ? folder.Count : null,
            UnreadCount = counted ? folder.Unread : null,
            Size = counted && client.Capabilities.HasFlag(ImapCapabilities.StatusSize) ? (long?)folder.Size : null,
            UidValidity = counted ? folder.UidValidity : null,
            UidNext = counted ? UidSets.Next(folder) : null,
            HighestModSeq = counted && client.Capabilities.HasFlag(ImapCapabilities.CondStore) ? folder.HighestModSeq : null,
        };
    }

    public static SpecialFolder ToSpecialFolder(ImapSpecialUse role) => Array.Find(_roles, row => row.Role == role).Folder;

    /// <summary>The folder of a role, if the server has one.</summary>
    public static IMailFolder? WithRole(ImapClient client, ImapSpecialUse role)
    {
        bool tellsRoles = client.Capabilities.HasFlag(ImapCapabilities.SpecialUse) || client.Capabilities.HasFlag(ImapCapabilities.XList);
        return role == ImapSpecialUse.None || !tellsRoles ? null : client.GetFolder(ToSpecialFolder(role));
    }

    /// <summary>
    /// LIST names roles only when it is asked for them; MailKit asks once, after the login, and forgets them on the folder with
    /// the next LIST, but not which folder it was.
    /// </summary>
    public static ImapSpecialUse RoleOf(ImapClient client, IMailFolder folder)
    {
        foreach ((ImapSpecialUse role, FolderAttributes flag, _) in _roles)
        {
            if (folder.Attributes.HasFlag(flag) || ReferenceEquals(WithRole(client, role), folder)) return role;
        }

        return ImapSpecialUse.None;
    }

    private static string[] Attributes(FolderAttributes attributes, ImapSpecialUse role)
    {
        var names = new List<string>();
        foreach ((FolderAttributes flag, string name) in _attributes)
        {
            if (attributes.HasFlag(flag)) names.Add(name);
        }

        if (role != ImapSpecialUse.None) names.Add("\\" + role);
        return [.. names];
    }
}

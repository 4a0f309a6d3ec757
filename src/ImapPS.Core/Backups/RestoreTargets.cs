using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit.Net.Imap;
using ImapFolder = ImapPS.Models.ImapFolder;

namespace ImapPS.Backups;

/// <summary>
/// Which folder of an account the messages of a folder of the backup go to: the one with the same role, or the one of the same names,
/// whatever delimiter and prefix the server has. A folder below one with a role goes below where that one goes.
/// </summary>
/// <param name="contents">The backup.</param>
/// <param name="there">The folders that the account has.</param>
internal sealed class RestoreTargets(BackupContents contents, IReadOnlyList<ImapFolder> there)
{
    /// <summary>Roles of folders that hold messages of their own; the others show what is elsewhere.</summary>
    private static readonly ImapSpecialUse[] _roles =
        [ImapSpecialUse.Archive, ImapSpecialUse.Drafts, ImapSpecialUse.Junk, ImapSpecialUse.Sent, ImapSpecialUse.Trash];

    /// <summary>The path of the folder.</summary>
    public Task<string> PathOfAsync(BackupFolder folder, MailboxAccess mailbox, CancellationToken cancellationToken) =>
        mailbox.RunAsync((client, _) => Task.FromResult(PathOf(client, folder.Names)), cancellationToken);

    /// <summary>The role that a folder gets as it is made, if the account has no folder with it.</summary>
    public ImapSpecialUse RoleFor(BackupFolder folder) =>
        _roles.Contains(folder.Role) && !there.Any(one => one.SpecialUse == folder.Role) ? folder.Role : ImapSpecialUse.None;

    private string PathOf(ImapClient client, IReadOnlyList<string> names)
    {
        BackupFolder? known = contents.Folders.FirstOrDefault(folder => folder.Names.SequenceEqual(names, StringComparer.Ordinal));
        if (known is not null && _roles.Contains(known.Role)
            && there.FirstOrDefault(one => one.SpecialUse == known.Role && one.Selectable) is { } same)
        {
            return same.Path;
        }

        if (names.Count < 2) return FolderNames.PathOf(client, names);

        string[] above = [.. names.Take(names.Count - 1)];
        string parent = PathOf(client, above);
        if (parent == FolderNames.PathOf(client, above)) return FolderNames.PathOf(client, names);

        char delimiter = FolderNames.DelimiterFor(client, parent);
        string leaf = names[names.Count - 1];
        return delimiter == '\0' ? FolderNames.PathOf(client, names)
            : FolderNames.Join(parent, leaf.Replace(delimiter, '_'), delimiter);
    }
}

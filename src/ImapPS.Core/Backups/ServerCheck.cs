using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Backups;

/// <summary>Compares what a backup has with what a server has, by UIDs.</summary>
internal sealed class ServerCheck(MailboxAccess mailbox)
{
    private IReadOnlyList<ImapFolder> _there = [];

    public async Task LoadAsync(CancellationToken cancellationToken) =>
        _there = await new FolderReader(mailbox).ListAsync(_ => true, subscribedOnly: false, status: false, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>The folders that the backup does not have.</summary>
    public IEnumerable<ImapFolder> NotIn(BackupContents contents) => _there.Where(folder =>
        folder.Selectable && folder.SpecialUse is not (ImapSpecialUse.Flagged or ImapSpecialUse.Important)
            && contents.Find(folder.Path) is null);

    /// <summary>In what a folder differs.</summary>
    public async Task<IReadOnlyList<ImapBackupProblem>> CheckAsync(BackupFolder folder, CancellationToken cancellationToken)
    {
        if (!_there.Any(one => FolderNames.AreSame(one.Path, folder.Path) && one.Selectable))
        {
            return [.. folder.Present.OrderBy(entry => entry.Uid).Select(NotOnServer)];
        }

        SearchResult found = await new FolderUids(mailbox).ReadAsync(folder.Path, cancellationToken).ConfigureAwait(false);
        List<BackupEntry> present = [.. folder.Present];
        if (present.Count > 0 && present.TrueForAll(entry => entry.UidValidity != found.UidValidity))
        {
            return
            [
                new ImapBackupProblem(ImapBackupProblemKind.UidValidityChanged,
                    "The UIDVALIDITY of the folder has changed since the last backup. The next backup compares the messages."),
            ];
        }

        HashSet<uint> there = [.. found.Uids];
        HashSet<uint> known = [.. present.Where(entry => entry.UidValidity == found.UidValidity).Select(entry => entry.Uid)];
        return
        [
            .. found.Uids.Where(uid => !known.Contains(uid)).Select(NotInBackup),
            .. present.Where(entry => entry.UidValidity != found.UidValidity || !there.Contains(entry.Uid)).OrderBy(entry => entry.Uid)
                .Select(NotOnServer),
        ];
    }

    /// <summary>The messages of a folder that the backup does not have.</summary>
    public async Task<IReadOnlyList<ImapBackupProblem>> CheckAsync(ImapFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            SearchResult found = await new FolderUids(mailbox).ReadAsync(folder.Path, cancellationToken).ConfigureAwait(false);
            return [.. found.Uids.Select(NotInBackup)];
        }
        catch (ImapException refused) when (refused.Id == ImapErrorId.PermissionDenied)
        {
            // What nobody may read is in no backup.
            return [];
        }
    }

    private static ImapBackupProblem NotInBackup(uint uid) =>
        new(ImapBackupProblemKind.NotInBackup, Text("The backup does not have message {0}, which is on the server.", uid)) { Uid = uid };

    private static ImapBackupProblem NotOnServer(BackupEntry entry) =>
        new(ImapBackupProblemKind.NotOnServer, Text("The server does not have message {0}, which is in the backup.", entry.Uid))
        {
            Uid = entry.Uid,
        };

    private static string Text(string format, uint uid) => string.Format(CultureInfo.InvariantCulture, format, uid);
}

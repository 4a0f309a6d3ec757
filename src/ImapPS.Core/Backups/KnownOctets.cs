using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using MimeKit;

namespace ImapPS.Backups;

/// <summary>
/// Finds messages whose octets the backup has already: moved, or numbered anew. They are not fetched, so that they are the same is
/// concluded, and never from what two messages may have in common. An equal EMAILID says so (RFC 8474). Else size, time of receipt,
/// Message-ID and the whole header must be the same, the message must be one that has left another place, and no other may be known
/// that it could be. What a client saves anew in the same folder is never the old one.
/// </summary>
internal sealed class KnownOctets(BackupSet backup, MailboxAccess mailbox, Departures departures)
{
    private readonly bool _isGmail = mailbox.Session.Capabilities.Contains("X-GM-EXT-1", StringComparer.OrdinalIgnoreCase);

    /// <summary>The entry of the backup with the octets of each message that has one, by its UID.</summary>
    public async Task<Dictionary<uint, BackupEntry>> FindAsync(string path, uint uidValidity, IReadOnlyList<ImapMessage> messages,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<uint, BackupEntry>();
        var alike = new Dictionary<uint, IReadOnlyList<BackupEntry>>();
        bool isExact = !_isGmail && mailbox.Session.Capabilities.Contains("OBJECTID", StringComparer.OrdinalIgnoreCase);
        foreach (ImapMessage message in messages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isExact && backup.Known.Same(message).FirstOrDefault(IsThere) is { } same) found[message.Uid] = same;
            else
            {
                IReadOnlyList<BackupEntry> candidates = [.. backup.Known.Alike(message)];

                // One whose file is missing cannot be compared, and may be the one.
                if (candidates.All(IsThere)
                    && await OriginAsync(message, candidates, path, uidValidity, cancellationToken).ConfigureAwait(false) is not null)
                {
                    alike[message.Uid] = candidates;
                }
            }
        }

        var byUid = messages.ToDictionary(message => message.Uid);
        foreach (IReadOnlyList<uint> piece in UidSets.Split(UidSets.Normalize(alike.Keys), _ => HeaderComparison.MostMessages))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Dictionary<uint, HeaderList> headers = await HeaderComparison
                .ReadAsync(mailbox, path, uidValidity, piece, cancellationToken).ConfigureAwait(false);
            foreach (uint uid in piece.Where(headers.ContainsKey))
            {
                IReadOnlyList<IGrouping<string, BackupEntry>> equal =
                    [.. alike[uid].GroupBy(entry => entry.Digest, StringComparer.Ordinal)
                        .Where(group => HeaderComparison.IsIn(() => backup.Files.Open(group.First()), headers[uid]))];

                // Two of the same header and size, and different octets: nobody can tell which of them this one is.
                if (equal.Count != 1 || await OriginAsync(byUid[uid], equal[0], path, uidValidity, cancellationToken)
                    .ConfigureAwait(false) is not { } origin)
                {
                    continue;
                }

                departures.Take(origin);
                found[uid] = origin;
            }
        }

        return found;
    }

    /// <summary>The message that this one may be; null where it may be a message of its own.</summary>
    private async Task<BackupEntry?> OriginAsync(ImapMessage message, IEnumerable<BackupEntry> alike, string path, uint uidValidity,
        CancellationToken cancellationToken)
    {
        foreach (BackupEntry entry in alike)
        {
            bool isHere = entry.UidValidity == uidValidity && FolderNames.AreSame(entry.Folder.Path, path);
            if (!isHere && (IsNumbered(entry, message) || await departures.HasLeftAsync(entry, cancellationToken).ConfigureAwait(false)))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Whether Gmail shows one message in two folders. Its number of a draft stays while the draft is written.</summary>
    private bool IsNumbered(BackupEntry entry, ImapMessage message) => _isGmail && message.EmailId.Length > 0
        && entry.EmailId == message.EmailId && !message.Flags.HasFlag(ImapMessageFlags.Draft)
        && !BackupEntry.FlagsOf(entry.Flags).HasFlag(ImapMessageFlags.Draft);

    private bool IsThere(BackupEntry entry) => backup.Files.Has(entry);
}

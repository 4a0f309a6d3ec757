using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using MimeKit;

namespace ImapPS.Backups;

/// <summary>
/// Finds messages whose octets the backup has already: moved, copied, or numbered anew. They are not fetched, so that they are the same is
/// concluded. An equal EMAILID says so (RFC 8474). Else size, time of receipt and Message-ID must be the same, and then the whole header,
/// which is fetched for it.
/// </summary>
internal sealed class KnownOctets(BackupSet backup, MailboxAccess mailbox)
{
    /// <summary>The entry of the backup with the octets of each message that has one, by its UID.</summary>
    public async Task<Dictionary<uint, BackupEntry>> FindAsync(string path, uint uidValidity, IReadOnlyList<ImapMessage> messages,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<uint, BackupEntry>();
        var alike = new Dictionary<uint, IReadOnlyList<BackupEntry>>();

        // Gmail's number of a message may stay while a draft is written.
        bool isExact = mailbox.Session.Capabilities.Contains("OBJECTID", StringComparer.OrdinalIgnoreCase)
            && !mailbox.Session.Capabilities.Contains("X-GM-EXT-1", StringComparer.OrdinalIgnoreCase);
        foreach (ImapMessage message in messages)
        {
            if (isExact && backup.Known.Same(message).FirstOrDefault(IsThere) is { } same) found[message.Uid] = same;
            else if (Distinct(backup.Known.Alike(message)) is { Count: > 0 } candidates) alike[message.Uid] = candidates;
        }

        foreach (IReadOnlyList<uint> piece in UidSets.Split(UidSets.Normalize(alike.Keys), _ => HeaderComparison.MostMessages))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Dictionary<uint, HeaderList> headers = await HeaderComparison
                .ReadAsync(mailbox, path, uidValidity, piece, cancellationToken).ConfigureAwait(false);
            foreach (KeyValuePair<uint, HeaderList> header in headers)
            {
                List<BackupEntry> equal = [.. alike[header.Key].Where(entry => HeaderComparison.IsIn(FileOf(entry), header.Value))];

                // Two of the same header and size, and different octets: nobody can tell which of them this one is.
                if (equal.Select(entry => entry.Digest).Distinct(StringComparer.Ordinal).Count() == 1) found[header.Key] = equal[0];
            }
        }

        return found;
    }

    private List<BackupEntry> Distinct(IEnumerable<BackupEntry> entries) =>
        [.. entries.Where(IsThere).GroupBy(entry => entry.Digest, StringComparer.Ordinal).Select(group => group.First())];

    private bool IsThere(BackupEntry entry) => File.Exists(FileOf(entry));

    private string FileOf(BackupEntry entry) => BackupPaths.File(backup.Root, entry);
}

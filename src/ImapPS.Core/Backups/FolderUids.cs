using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Reading;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Backups;

/// <summary>Reads which messages a folder has: with ESEARCH (RFC 4731) an answer of ranges, however many they are.</summary>
internal sealed class FolderUids(MailboxAccess mailbox)
{
    /// <summary>False when the answer named not as many messages as the folder has: then what it does not name need not be gone.</summary>
    public bool AreAll { get; private set; }

    public Task<SearchResult> ReadAsync(string path, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity: null,
            async (client, folder, abort) =>
            {
                AreAll = true;
                if (folder.Count == 0) return new SearchResult(folder.FullName, folder.UidValidity, []);

                IList<UniqueId> all = client.Capabilities.HasFlag(ImapCapabilities.ESearch)
                    ? (await folder.SearchAsync(SearchOptions.All, SearchQuery.All, abort).ConfigureAwait(false)).UniqueIds
                    : await folder.SearchAsync(SearchQuery.All, abort).ConfigureAwait(false);
                IReadOnlyList<uint> uids = UidSets.Normalize(UidSets.Of(all));
                AreAll = uids.Count == folder.Count;
                return new SearchResult(folder.FullName, folder.UidValidity, uids);
            },
            cancellationToken,
            view: FolderView.OpenedAnew);
}

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
    public Task<SearchResult> ReadAsync(string path, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity: null,
            async (client, folder, abort) =>
            {
                if (folder.Count == 0) return new SearchResult(folder.FullName, folder.UidValidity, []);

                IList<UniqueId> all = client.Capabilities.HasFlag(ImapCapabilities.ESearch)
                    ? (await folder.SearchAsync(SearchOptions.All, SearchQuery.All, abort).ConfigureAwait(false)).UniqueIds
                    : await folder.SearchAsync(SearchQuery.All, abort).ConfigureAwait(false);
                return new SearchResult(folder.FullName, folder.UidValidity, UidSets.Normalize(UidSets.Of(all)));
            },
            cancellationToken,
            view: FolderView.OpenedAnew);
}

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit;
using MailKit.Search;

namespace ImapPS.Folders;

/// <summary>Which messages a folder held when it was looked at: what arrives later is not among them.</summary>
internal sealed record FolderContents(string Path, uint UidValidity, IReadOnlyList<uint> Uids)
{
    /// <param name="mailbox">The account.</param>
    /// <param name="path">The folder.</param>
    /// <param name="uidValidity">The UIDVALIDITY that it must have, if one is known.</param>
    /// <param name="allowUnsafe">Whether they are to be expunged even by a server without UIDPLUS.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static Task<FolderContents> ReadAsync(MailboxAccess mailbox, string path, uint? uidValidity,
        bool allowUnsafe, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity,
            async (client, folder, abort) =>
            {
                MessageExpunger.Require(client, allowUnsafe);
                IList<UniqueId> uids = await folder.SearchAsync(SearchQuery.All, abort).ConfigureAwait(false);
                return new FolderContents(folder.FullName, folder.UidValidity, UidSets.Normalize(uids.Select(uid => uid.Id)));
            },
            cancellationToken,
            view: FolderView.WithNews);

    /// <summary>The messages, so many at a time; of each only its place is known.</summary>
    public IEnumerable<MessageBatch> Batches(int largest, int session)
    {
        foreach (IReadOnlyList<uint> uids in UidSets.Split(Uids, _ => largest))
        {
            yield return new MessageBatch(Path, UidValidity)
                .With(uids.Select(uid =>
                new ImapMessage { IsPartial = true, SessionId = session, Folder = Path, UidValidity = UidValidity, Uid = uid }));
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using ImapPS.Mailbox;
using ImapPS.Reading;
using MailKit;

namespace ImapPS.Backups;

/// <summary>
/// Reads the flags of messages that are known: of those that changed, where the server can tell (CONDSTORE, RFC 7162), else of all.
/// </summary>
internal sealed class FolderFlags(MailboxAccess mailbox)
{
    /// <summary>Where all flags come, this many at a time: MailKit holds an answer until its end.</summary>
    private const int Window = 5_000;

    /// <param name="found">The folder.</param>
    /// <param name="known">The messages, ascending.</param>
    /// <param name="since">Only messages that changed after this modification sequence; null for all.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async IAsyncEnumerable<IReadOnlyList<(uint Uid, IReadOnlyList<string> Flags)>> ReadAsync(SearchResult found,
        IReadOnlyList<uint> known, ulong? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<uint> piece in UidSets.Split(known, _ => since is null ? Window : int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await mailbox.InFolderAsync<IReadOnlyList<(uint, IReadOnlyList<string>)>>(
                found.Folder,
                FolderAccess.ReadOnly,
                found.UidValidity,
                async (_, folder, abort) =>
                {
                    var request = new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Flags) { ChangedSince = since };
                    IList<IMessageSummary> told = await folder.FetchAsync(UidSets.ToSet(piece), request, abort).ConfigureAwait(false);
                    return
                    [
                        .. told.Where(summary => summary.Flags is not null).Select(summary => (summary.UniqueId.Id,
                            BackupEntry.ToFlags(MessageMapping.Flags(summary.Flags!.Value), MessageMapping.Keywords(summary)))),
                    ];
                },
                cancellationToken).ConfigureAwait(false);
        }
    }
}

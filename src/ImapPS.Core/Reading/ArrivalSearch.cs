using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Search;
using MailKit;

namespace ImapPS.Reading;

/// <summary>
/// Finds what has come, right after the server told of it. A few messages are all compared here: the index of a server, by which it
/// searches, may lag behind what it tells.
/// </summary>
internal sealed class ArrivalSearch(MailboxAccess mailbox, MessageCriteria criteria)
{
    private const int MostCompared = 50;

    /// <param name="path">The folder.</param>
    /// <param name="first">The first UID that is new.</param>
    /// <param name="uidValidity">What it was read under.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<SearchResult> RunAsync(string path, uint first, uint? uidValidity, CancellationToken cancellationToken) =>
        (criteria.IsComparable ? await FewAsync(path, first, uidValidity, cancellationToken).ConfigureAwait(false) : null)
        ?? await new MessageSearch(mailbox, criteria.And(new ArrivalCriterion("After", first)), ListingOrder.Arrival) { Refresh = false }
            .RunAsync(path, among: null, uidValidity, cancellationToken).ConfigureAwait(false);

    private Task<SearchResult?> FewAsync(string path, uint first, uint? uidValidity, CancellationToken cancellationToken) =>
        mailbox.InFolderAsync(
            path,
            FolderAccess.ReadOnly,
            uidValidity,
            async (_, folder, abort) =>
            {
                uint? shown = await LastMessage.UidAsync(folder, abort).ConfigureAwait(false);
                if (shown is not { } last || last >= (long)first + MostCompared) return null;

                return new SearchResult(folder.FullName, folder.UidValidity,
                    [.. Enumerable.Range(0, last < first ? 0 : (int)(last - first) + 1).Select(offset => first + (uint)offset)])
                {
                    Server = ServerAbilities.Nothing,
                    IsExact = false,
                    UidNext = UidSets.Next(folder),
                };
            },
            cancellationToken);
}

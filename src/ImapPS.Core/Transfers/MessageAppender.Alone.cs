using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Transfers;

/// <content>Messages that go alone, and what a refusal means then.</content>
internal sealed partial class MessageAppender
{
    /// <summary>So many messages in a row that are more than the server takes, and it is not the messages.</summary>
    private const int MostInARow = 8;

    private int _limited;
    private bool _isTold;

    private async Task<IReadOnlyList<AppendResult>> SendAloneAsync(AppendSource source, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<AppendResult> results = await SendTogetherAsync([source], cancellationToken).ConfigureAwait(false);
            _limited = 0;
            return results;
        }
        catch (ImapException refused) when (IsAboutOne(refused) || (refused.IsLimit && ++_limited < MostInARow))
        {
            return await SendBareAsync(source, refused, cancellationToken).ConfigureAwait(false)
                ?? [new AppendResult(source, Uid: null, refused)];
        }
    }

    /// <summary>
    /// A folder may have room for only so many keywords, whatever its PERMANENTFLAGS say (Cyrus: 100, and NO): a message is more than its
    /// keywords, and comes without them.
    /// </summary>
    /// <returns>Null when it was not the keywords.</returns>
    private async Task<IReadOnlyList<AppendResult>?> SendBareAsync(AppendSource source, ImapException refused,
        CancellationToken cancellationToken)
    {
        if (source.Keywords.Count == 0 || !(refused.IsLimit || refused.Id == ImapErrorId.CommandRejected)) return null;

        source.IsBare = true;
        try
        {
            IReadOnlyList<AppendResult> results = await SendTogetherAsync([source], cancellationToken).ConfigureAwait(false);
            _limited = 0;
            if (!_isTold)
            {
                mailbox.Caller.Warning(string.Format(CultureInfo.InvariantCulture,
                    "The folder '{0}' of '{1}' does not take all keywords. Messages arrive without theirs. {2}",
                    DisplayText.Printable(destination.Path), mailbox.Session.Handle.Name, refused.Message));
            }

            _isTold = true;
            return results;
        }
        catch (ImapException again) when (IsAboutOne(again) || again.IsLimit)
        {
            source.IsBare = false;
            return null;
        }
    }

    /// <summary>
    /// True for a refusal that the next message may not meet. A folder that is gone or may not be written to is there for none.
    /// </summary>
    private static bool IsAboutOne(ImapException refused) =>
        refused.Id is ImapErrorId.CommandRejected or ImapErrorId.QuotaExceeded or ImapErrorId.MessageTooLarge or ImapErrorId.FileNotRead;
}

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Administration;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;

namespace ImapPS.Transfers;

/// <summary>
/// Sends an APPEND. Dovecot refuses a line that is too long before it has read the message, and would take the lines of the message for
/// commands. After such a line the message waits until it is asked for. After all others that would be a round trip in vain.
/// </summary>
internal static class AppendCommand
{
    /// <summary>Lines of up to 1,000 octets are safe with any server (RFC 2683, 3.2.1.5).</summary>
    private const int LongestKeywords = 800;

    /// <summary>Sends messages in one command.</summary>
    public static Task<IReadOnlyList<UniqueId>> SendAsync(ImapClient client, IMailFolder folder, List<IAppendRequest> requests,
        CancellationToken abort) => requests.Exists(HasLongLine)
        ? DirectCommand.WhenAskedAsync(client, () => SendAsync(folder, requests, abort))
        : SendAsync(folder, requests, abort);

    private static bool HasLongLine(IAppendRequest request) => request.Keywords?.Sum(keyword => keyword.Length + 1) > LongestKeywords;

    private static async Task<IReadOnlyList<UniqueId>> SendAsync(IMailFolder folder, List<IAppendRequest> requests,
        CancellationToken abort)
    {
        if (requests.Count > 1) return [.. await folder.AppendAsync(FormatOptions.Default, requests, abort).ConfigureAwait(false)];

        return await folder.AppendAsync(FormatOptions.Default, requests[0], abort).ConfigureAwait(false) is { } uid ? [uid] : [];
    }
}

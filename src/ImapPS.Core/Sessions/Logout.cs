using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>Takes leave of a server.</summary>
internal static class Logout
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    /// <summary>Logs out, if the connection still stands.</summary>
    public static async Task SendAsync(ImapClient client, CancellationToken cancellationToken)
    {
        if (!client.IsConnected) return;

        try
        {
            // Nothing is lost with a LOGOUT that is not answered.
            using var brief = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            brief.CancelAfter(_patience);
            await client.DisconnectAsync(quit: true, brief.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (Translation.ConnectionIsGone(gone))
        {
            // It was to be closed.
        }
    }
}

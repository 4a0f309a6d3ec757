using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Sessions;

namespace ImapPS.Transfers;

/// <summary>The connections that downloads of a session may use: opened when there is enough to fetch, and kept until the end.</summary>
internal sealed class DownloadConnections(SessionConnection session, int most) : IDisposable
{
    private readonly ConnectionGroup _group = new(session, most);

    /// <summary>How many there may be.</summary>
    public int Most { get; } = most;

    /// <summary>As many as these messages are commands, the session's own first.</summary>
    public async Task<IReadOnlyList<MailboxAccess>> TakeAsync(IEnumerable<MessageSize> messages, ISessionCaller caller,
        CancellationToken cancellationToken)
    {
        int commands = Most == 1 ? 1 : MessageDownloader.Batches(messages).Take(Most).Count();
        IReadOnlyList<SessionConnection> all = await _group.TakeAsync(commands, caller, cancellationToken).ConfigureAwait(false);
        return [.. all.Take(Math.Max(1, commands)).Select(connection => new MailboxAccess(connection, caller))];
    }

    /// <summary>Logs the additional ones out.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) => _group.CloseAsync(cancellationToken);

    /// <summary>Closes them at once.</summary>
    public void Dispose() => _group.Dispose();
}

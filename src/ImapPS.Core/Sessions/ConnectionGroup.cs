using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>A session's own connection, and as many more as one piece of work may use.</summary>
internal sealed class ConnectionGroup(SessionConnection session, int most) : IDisposable
{
    private readonly List<SessionConnection> _siblings = [];
    private int _most = most;

    /// <summary>The connections for so many tasks at a time. Where the server refuses more, those that there are do.</summary>
    public async Task<IReadOnlyList<SessionConnection>> TakeAsync(int tasks, ISessionCaller caller, CancellationToken cancellationToken)
    {
        while (_siblings.Count + 1 < Math.Min(tasks, _most))
        {
            try
            {
                _siblings.Add(await session.OpenSiblingAsync(caller, cancellationToken).ConfigureAwait(false));
            }
            catch (ImapException refused)
            {
                _most = _siblings.Count + 1;
                caller.Verbose(string.Format(CultureInfo.InvariantCulture, "No more than {0} connections are used: {1}",
                    _most, DisplayText.Printable(refused.Message)));
            }
        }

        return [session, .. _siblings];
    }

    /// <summary>Logs the additional connections out.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_siblings.Select(sibling => sibling.CloseAsync(cancellationToken))).ConfigureAwait(false);
        _siblings.Clear();
    }

    /// <summary>Closes them at once.</summary>
    public void Dispose()
    {
        foreach (SessionConnection sibling in _siblings) sibling.Dispose();
        _siblings.Clear();
    }
}

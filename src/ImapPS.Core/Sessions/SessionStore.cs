using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>
/// Every open session of the process, by id and name, whatever runspace opened it: messages piped into -Parallel find theirs.
/// </summary>
internal static class SessionStore
{
    private static readonly ConcurrentDictionary<int, SessionConnection> _sessions = new();
    private static int _lastId;

    public static IEnumerable<SessionConnection> All => _sessions.Values.OrderBy(session => session.Handle.Id);

    public static void Add(SessionConnection session)
    {
        session.Register(Interlocked.Increment(ref _lastId));
        _sessions[session.Handle.Id] = session;
    }

    public static void Remove(SessionConnection session) => _sessions.TryRemove(session.Handle.Id, out _);

    public static SessionConnection Find(SessionReference reference)
    {
        if (reference.Id is { } id) return _sessions.TryGetValue(id, out SessionConnection? found) ? found : throw Failures.SessionNotFound(id);

        return Named(reference.Name!) ?? throw Failures.SessionNotFound(reference);
    }

    /// <summary>The session of that name; of several, the newest. Null when there is none.</summary>
    public static SessionConnection? Named(string name) => All.LastOrDefault(session => string.Equals(session.Handle.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for a session that was not closed.</summary>
    public static bool IsOpen(int id) => _sessions.ContainsKey(id);

    /// <summary>Closes the sessions for which <paramref name="which"/> holds.</summary>
    public static void CloseAll(Predicate<SessionConnection> which)
    {
        foreach (SessionConnection session in _sessions.Values.Where(session => which(session)))
        {
            Remove(session);
            session.Dispose();
        }
    }
}

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
    private const int MostRemembered = 1_000;

    private static readonly ConcurrentDictionary<int, SessionConnection> _sessions = new();

    /// <summary>The names of the sessions that were closed last, by their ids: what came from one of them is told so.</summary>
    private static readonly ConcurrentDictionary<int, string> _closed = new();
    private static int _lastId;

    public static IEnumerable<SessionConnection> All => _sessions.Values.OrderBy(session => session.Handle.Id);

    public static void Add(SessionConnection session)
    {
        session.Register(Interlocked.Increment(ref _lastId));
        _sessions[session.Handle.Id] = session;
    }

    public static void Remove(SessionConnection session)
    {
        ImapSession handle = session.Handle;
        if (!_sessions.TryRemove(handle.Id, out _)) return;

        _closed[handle.Id] = handle.Name;
        _closed.TryRemove(handle.Id - MostRemembered, out _);
    }

    public static SessionConnection Find(SessionReference reference)
    {
        if (reference.Id is { } id)
        {
            return _sessions.TryGetValue(id, out SessionConnection? found) ? found
                : throw (_closed.TryGetValue(id, out string? was) ? Failures.SessionClosed(id, was) : Failures.SessionNotFound(id));
        }

        if (Named(reference.Name!) is { } named) return named;

        throw _closed.Values.FirstOrDefault(name => IsSame(name, reference.Name!)) is { } closed
            ? Failures.SessionClosed(closed, closed)
            : Failures.SessionNotFound(reference);
    }

    /// <summary>The session of that name; of several, the newest. Null when there is none.</summary>
    public static SessionConnection? Named(string name) => All.LastOrDefault(session => IsSame(session.Handle.Name, name));

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

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

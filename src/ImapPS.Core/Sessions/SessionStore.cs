using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>
/// Every open session of the process, by id and name, whatever runspace opened it: messages piped into -Parallel find theirs. A session
/// whose runspace has ended is kept only by those who hold its object, and closes with the last of them.
/// </summary>
internal static class SessionStore
{
    private const int MostRemembered = 1_000;

    private static readonly ConcurrentDictionary<int, Entry> _sessions = new();

    /// <summary>The names of the sessions that were closed last, by their ids: what came from one of them is told so.</summary>
    private static readonly ConcurrentDictionary<int, string> _closed = new();
    private static int _lastId;

    /// <summary>How many sessions of runspaces that have ended may be held by somebody, before it is looked whether they are.</summary>
    private const int MostAbandoned = 16;

    private static int _collectAt = MostAbandoned;

    public static IEnumerable<SessionConnection> All => Open().OrderBy(session => session.Handle.Id);

    public static void Add(SessionConnection session)
    {
        ForgetAbandoned();
        CollectAbandoned();
        session.Register(Interlocked.Increment(ref _lastId));
        _sessions[session.Handle.Id] = new Entry(session);
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
            return _sessions.TryGetValue(id, out Entry? entry) && entry.Session is { } found ? found
                : throw (_closed.TryGetValue(id, out string? was) ? Failures.SessionClosed(id, was) : Failures.SessionNotFound(id));
        }

        if (Named(reference.Name!) is { } named) return named;

        throw _closed.Values.FirstOrDefault(name => IsSame(name, reference.Name!)) is { } closed
            ? Failures.SessionClosed(closed, closed)
            : Failures.SessionNotFound(reference);
    }

    /// <summary>The session of that name; of several, the newest. Null when there is none.</summary>
    public static SessionConnection? Named(string name) => All.LastOrDefault(session => IsSame(session.Handle.Name, name));

    /// <summary>True for one name, in whatever case.</summary>
    public static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a session that was not closed.</summary>
    public static bool IsOpen(int id) => _sessions.TryGetValue(id, out Entry? entry) && entry.Session is not null;

    /// <summary>Closes the sessions for which <paramref name="which"/> holds.</summary>
    public static void CloseAll(Predicate<SessionConnection> which)
    {
        foreach (SessionConnection session in Open().Where(session => which(session)))
        {
            Remove(session);
            session.Dispose();
        }
    }

    private static List<SessionConnection> Open()
    {
        ForgetAbandoned();
        return [.. _sessions.Values.Select(entry => entry.Session).OfType<SessionConnection>()];
    }

    /// <summary>
    /// A sweep that opens sessions in -Parallel and closes none would have as many as there are items before the collector, which knows of
    /// memory and not of connections, comes by itself.
    /// </summary>
    private static void CollectAbandoned()
    {
        if (_sessions.Values.Count(entry => entry.IsAbandoned) < _collectAt) return;

        GC.Collect();
        GC.WaitForPendingFinalizers();
        ForgetAbandoned();
        _collectAt = Math.Max(MostAbandoned, 2 * _sessions.Values.Count(entry => entry.IsAbandoned));
    }

    private static void ForgetAbandoned()
    {
        foreach (KeyValuePair<int, Entry> session in _sessions)
        {
            if (session.Value.Session is null) _sessions.TryRemove(session.Key, out _);
        }
    }

    /// <summary>A session, held until its owner has ended.</summary>
    private sealed class Entry(SessionConnection session)
    {
        private readonly WeakReference<SessionConnection> _session = new(session);
        private SessionConnection? _held = session;

        /// <summary>True when its owner has ended, and others may still have it.</summary>
        public bool IsAbandoned => _held is null;

        /// <summary>The session, which whoever asks lets go once its owner has ended; null when nobody has it any more.</summary>
        public SessionConnection? Session
        {
            get
            {
                if (_held is { Owner.IsGone: true }) _held = null;
                return _session.TryGetTarget(out SessionConnection? session) ? session : null;
            }
        }
    }
}

using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>
/// The current session: each runspace has its own, so that jobs and -Parallel do not turn each other's around. It is the one that the
/// runspace chose last, by opening or selecting it, of those that are still open, whoever closed the others.
/// </summary>
internal static class CurrentSession
{
    private static readonly ConditionalWeakTable<Runspace, List<int>> _chosen = new();

    public static int? Id
    {
        get
        {
            if (Runspace.DefaultRunspace is not { } runspace || !_chosen.TryGetValue(runspace, out List<int>? chosen)) return null;

            lock (chosen)
            {
                chosen.RemoveAll(id => !SessionStore.IsOpen(id));
                return chosen.Count == 0 ? null : chosen[chosen.Count - 1];
            }
        }
    }

    public static bool Is(ImapSession session) => Id == session.Id;

    /// <summary>Makes an open session the current one.</summary>
    public static void Choose(ImapSession session)
    {
        if (Runspace.DefaultRunspace is not { } runspace) return;

        List<int> chosen = _chosen.GetOrCreateValue(runspace);
        lock (chosen)
        {
            chosen.Remove(session.Id);
            chosen.Add(session.Id);
        }
    }

    /// <summary>Forgets what this runspace chose.</summary>
    public static void Clear()
    {
        if (Runspace.DefaultRunspace is { } runspace) _chosen.Remove(runspace);
    }
}

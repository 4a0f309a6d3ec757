using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ImapPS.Models;

namespace ImapPS.Pipeline;

/// <summary>The current session: each runspace has its own, so that jobs and -Parallel do not turn each other's around.</summary>
internal static class CurrentSession
{
    private static readonly ConditionalWeakTable<Runspace, StrongBox<int>> _current = new();

    public static int? Id
    {
        get => Runspace.DefaultRunspace is { } runspace && _current.TryGetValue(runspace, out StrongBox<int>? box) && box.Value != 0 ? box.Value : null;
        set
        {
            if (Runspace.DefaultRunspace is { } runspace) _current.GetOrCreateValue(runspace).Value = value ?? 0;
        }
    }

    public static bool Is(ImapSession session) => Id == session.Id;
}

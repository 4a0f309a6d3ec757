using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>
/// The current session: each runspace has its own, so that jobs and -Parallel do not turn each other's around. It is the one that the
/// runspace chose last, by opening or selecting it, of those that are still open, whoever closed the others.
/// </summary>
internal static class CurrentSession
{
    /// <summary>Stands for a choice that came to nothing.</summary>
    private const int None = 0;

    private static readonly string[] _choosers = ["Connect-Imap", "Select-ImapSession"];

    /// <summary>The current session of this thread's runspace, for those who have no cmdlet; null when there is none.</summary>
    public static int? Id => RunspaceLife.Here is { IsGone: false } life && Last(life) is not None and var id ? id : null;

    public static bool Is(ImapSession session) => Id == session.Id;

    /// <summary>True for the name of a cmdlet that chooses a session.</summary>
    public static bool IsChosenBy(string cmdlet) =>
        Array.Exists(_choosers, name => name.Equals(cmdlet, StringComparison.OrdinalIgnoreCase));

    /// <summary>The current session; throws when there is none.</summary>
    public static SessionConnection Of(PSCmdlet cmdlet)
    {
        RunspaceLife life = RunspaceLife.Of(cmdlet);
        if (life.HasMisunderstoodChoice() && Last(life) is not null) Leave(cmdlet);

        return Last(life) switch
        {
            null => throw Failures.NoSession(),
            None => throw Failures.NoSessionChosen(),
            { } id => SessionStore.Find(new SessionReference(id)),
        };
    }

    /// <summary>What was chosen, for <see cref="Restore"/>.</summary>
    public static IReadOnlyList<int> Remember(PSCmdlet cmdlet)
    {
        List<int> chosen = RunspaceLife.Of(cmdlet).Chosen;
        lock (chosen) return [.. chosen];
    }

    /// <summary>What was chosen before is chosen again, whatever was opened, selected or tried in between.</summary>
    public static void Restore(IReadOnlyList<int> before, PSCmdlet cmdlet)
    {
        RunspaceLife life = RunspaceLife.Of(cmdlet);
        life.HasMisunderstoodChoice();
        lock (life.Chosen)
        {
            life.Chosen.RemoveAll(id => id == None || before.Contains(id));
            life.Chosen.AddRange(before);
        }
    }

    /// <summary>Makes an open session the current one.</summary>
    public static void Choose(ImapSession session, PSCmdlet cmdlet) => Choose(session.Id, cmdlet);

    /// <summary>
    /// There is no current session until one is chosen: to choose another has begun, and may fail, and the commands that follow in a
    /// script are meant for none that was current before.
    /// </summary>
    public static void Leave(PSCmdlet cmdlet) => Choose(None, cmdlet);

    /// <summary>Forgets what this runspace chose.</summary>
    public static void Clear()
    {
        if (RunspaceLife.Here is not { } life) return;

        lock (life.Chosen) life.Chosen.Clear();
    }

    private static void Choose(int id, PSCmdlet cmdlet)
    {
        RunspaceLife life = RunspaceLife.Of(cmdlet);
        life.HasMisunderstoodChoice();
        List<int> chosen = life.Chosen;
        lock (chosen)
        {
            chosen.RemoveAll(before => before == id || before == None);
            chosen.Add(id);
        }
    }

    private static int? Last(RunspaceLife life)
    {
        List<int> chosen = life.Chosen;
        lock (chosen)
        {
            chosen.RemoveAll(id => id != None && !SessionStore.IsOpen(id));
            return chosen.Count == 0 ? null : chosen[chosen.Count - 1];
        }
    }
}

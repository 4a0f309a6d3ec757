using System;
using System.Collections.Generic;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>Takes the folders that a cmdlet was given.</summary>
internal static class FolderIntake
{
    /// <summary>
    /// The folders among what was given, with their sessions. What is no folder, and what came from a session that is closed, is an error,
    /// told once.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="given">What was given.</param>
    /// <param name="all">What a piped session alone means; null when it means nothing.</param>
    /// <param name="refusal">Why what was given is no folder; null for the usual words.</param>
    public static IEnumerable<(FolderPath Folder, SessionConnection Session)> Accept(SessionCmdlet cmdlet, IEnumerable<FolderPath> given,
        FolderPath? all = null, Func<FolderPath, ImapException>? refusal = null)
    {
        string command = cmdlet.MyInvocation.MyCommand.Name;
        foreach (FolderPath item in given)
        {
            FolderPath folder = item is { Kind: ItemKind.Session, Flaw: null } && all is not null ? all : item;
            if (folder.Kind == ItemKind.Summary) continue;

            if (folder.Flaw is not null) cmdlet.Refuse(folder.Flaw, Refusals.NotAFolder(folder, command));
            else if (folder.Given is not null)
            {
                cmdlet.Refuse(folder.Kind, refusal is null ? Refusals.NotAFolder(folder, command) : refusal(folder));
            }
            else if (cmdlet.TryResolve(item.Session, folder.Path) is { } session) yield return (folder, session);
        }
    }
}

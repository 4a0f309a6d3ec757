using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>A cmdlet that takes folders, and sessions from the pipeline.</summary>
public abstract class FolderCmdlet : SessionCmdlet
{
    /// <summary>
    /// Specifies a session from the pipeline, as Get-ImapSession emits it. It is used as -Session is, for the folders that are named.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [SessionTransformation(SessionsOnly = true, Text = false)]
    public SessionReference? InputSession { get; set; }

    private protected override SessionReference? Chosen => Session ?? InputSession;

    /// <summary>
    /// The folders among what was given, with their sessions. What is no folder, and what came from a session that is closed, is an error,
    /// told once.
    /// </summary>
    /// <param name="given">What was given.</param>
    /// <param name="all">What a piped session alone means; null when it means nothing.</param>
    private protected IEnumerable<(FolderPath Folder, SessionConnection Session)> Accepted(
        IEnumerable<FolderPath> given, FolderPath? all = null)
    {
        foreach (FolderPath item in given)
        {
            FolderPath folder = item is { Kind: ItemKind.Session, Flaw: null } && all is not null ? all : item;
            if (folder.Kind == ItemKind.Summary) continue;

            if (folder.Flaw is not null) Refuse(folder.Flaw, Refusals.NotAFolder(folder, MyInvocation.MyCommand.Name));
            else if (folder.Given is not null) Refuse(folder.Kind, Refusal(folder));
            else if (TryResolve(item.Session, folder.Path) is { } session) yield return (folder, session);
        }
    }

    /// <summary>Why what was given is no folder.</summary>
    private protected virtual ImapException Refusal(FolderPath given) => Refusals.NotAFolder(given, MyInvocation.MyCommand.Name);
}

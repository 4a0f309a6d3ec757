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

    /// <inheritdoc cref="FolderIntake.Accept"/>
    private protected IEnumerable<(FolderPath Folder, SessionConnection Session)> Accepted(
        IEnumerable<FolderPath> given, FolderPath? all = null) =>
        FolderIntake.Accept(this, given, all, Refusal);

    /// <summary>Why what was given is no folder.</summary>
    private protected virtual ImapException Refusal(FolderPath given) => Refusals.NotAFolder(given, MyInvocation.MyCommand.Name);
}

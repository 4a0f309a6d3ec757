using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Changing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Renames a folder, or moves it to another place in the hierarchy.</summary>
/// <remarks>
/// <para>
/// -NewName gives the folder another name in the same place. -Destination gives it another whole path. The folders below move with it. The
/// cmdlet also renames subscriptions, which servers do not do by themselves. Folders above the destination are created if they are missing.
/// </para>
/// <para>
/// INBOX cannot be renamed. Servers do not rename it, but move its messages to a new folder (RFC 9051, 6.3.6). Use Move-ImapMessage for
/// this.
/// </para>
/// <para>
/// If the connection breaks before the server has confirmed, it is opened again. The cmdlet looks at both places before it renames the
/// folder again.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, FolderExists, UidValidityChanged, ArgumentInvalid, PermissionDenied, QuotaExceeded,
/// CommandRejected, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Rename-ImapFolder Lists/powershell pwsh</code>
/// <para>Renames Lists/powershell to Lists/pwsh.</para>
/// </example>
/// <example>
/// <code>Rename-ImapFolder Projects/Apollo -Destination Archive/2025/Apollo -PassThru</code>
/// <para>Moves a folder, with all folders below it, to another place, and returns it.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Lists/* | Rename-ImapFolder -NewName { "old-$($_.Name)" } -WhatIf</code>
/// <para>Shows how folders would be renamed. Each new name contains the old name.</para>
/// </example>
[Cmdlet(VerbsCommon.Rename, "ImapFolder", SupportsShouldProcess = true, DefaultParameterSetName = "NewName",
    HelpUri = HelpPages.Reference + "Rename-ImapFolder.md")]
[OutputType(typeof(ImapFolder))]
public sealed class RenameImapFolderCommand : FolderChangeCmdlet
{
    private readonly HashSet<(int Session, string Path)> _taken = [];

    /// <summary>
    /// Specifies the folder: a path, or a folder object. No character is a wildcard. A folder object is renamed only if it is still the
    /// same folder, by its UIDVALIDITY.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [FolderTransformation]
    [Alias("LiteralPath", "PSPath", "LP")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath? Path { get; set; }

    /// <summary>Specifies the folder's new name. It must not contain the server's hierarchy delimiter.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = "NewName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? NewName { get; set; }

    /// <summary>Specifies the folder's new path. No folder may exist there.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Destination")]
    [ValidateNotNull]
    [FolderTransformation]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath? Destination { get; set; }

    /// <summary>Indicates that the cmdlet returns the folder as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Destination is { Given: not null }) Throw(Refusals.NotAFolder(Destination, MyInvocation.MyCommand.Name));

        foreach ((FolderPath folder, SessionConnection session) in Accepted([Path!])) Rename(folder, session);
    }

    private void Rename(FolderPath folder, SessionConnection session)
    {
        FolderRenamer.Plan? plan = null;
        this.RunFor(
            folder.Path,
            session,
            async (mailbox, _, cancellationToken) => plan = await new FolderRenamer(mailbox)
                .PlanAsync(folder.Path, NewName, Destination?.Path, cancellationToken).ConfigureAwait(false));
        if (plan is not null && Consent.IsWhatIf
            && !this.RunFor(folder.Path, session, (mailbox, _, cancellationToken) => TryAsync(plan, folder, mailbox, cancellationToken)))
        {
            return;
        }

        if (plan is null || !ShouldProcess(DisplayText.Printable(plan.Source),
            $"Rename folder to {DisplayText.Printable(plan.Destination)}"))
        {
            return;
        }

        this.RunFor(folder.Path, session, async (mailbox, writer, cancellationToken) =>
        {
            await new FolderRenamer(mailbox).RenameAsync(plan, folder.UidValidity, cancellationToken).ConfigureAwait(false);
            if (PassThru) await FolderWork.EmitAsync(plan.Destination, mailbox, writer, cancellationToken).ConfigureAwait(false);
        });
    }

    /// <summary>Meets the errors of the real run, in which folders that were renamed before are where they went.</summary>
    private async Task TryAsync(FolderRenamer.Plan plan, FolderPath folder, MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        if (!_taken.Add((mailbox.SessionId, plan.Destination))) throw Failures.FolderExists(plan.Destination);

        await new FolderRemover(mailbox).CheckAsync(plan.Source, folder.UidValidity, cancellationToken).ConfigureAwait(false);
    }
}

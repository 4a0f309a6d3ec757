using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Changing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Removes folders.</summary>
/// <remarks>
/// <para>
/// A folder with folders below it is removed only with -Recurse. Otherwise the error is FolderNotEmpty, and nothing is removed.
/// </para>
/// <para>
/// The messages of a folder, and of the folders below it, are lost with the folder. The cmdlet asks for confirmation for each folder with
/// messages. The default answer is No. -Force, -Confirm:$false and a $ConfirmPreference of None suppress the question. If nobody can be
/// asked, as under pwsh -NonInteractive, the error is ConfirmationRequired, and nothing is removed. The cmdlet does not ask about folders
/// without messages.
/// </para>
/// <para>
/// The cmdlet counts the messages again just before it removes each folder. If a folder holds more messages than the question said, it is
/// not removed, and the error is FolderNotEmpty. This protects messages that arrive in the meantime.
/// </para>
/// <para>
/// The cmdlet gathers all folders from the pipeline and removes the lowest folders first, so you can pipe Get-ImapFolder into it. Removed
/// folders are also unsubscribed from. INBOX cannot be removed. Wildcards skip it.
/// </para>
/// <para>
/// If the connection breaks before the server has confirmed, it is opened again. The cmdlet looks for the folder before it removes it
/// again.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, for a path without wildcards; FolderNotEmpty, UidValidityChanged,
/// ConfirmationRequired, ArgumentInvalid, PermissionDenied, CommandRejected, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Remove-ImapFolder Projects/Apollo -Recurse</code>
/// <para>Removes a folder and the folders below it. If they hold messages, the cmdlet asks first.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Lists/* | Where-Object MessageCount -eq 0 | Remove-ImapFolder -WhatIf</code>
/// <para>Shows which empty folders would be removed.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ImapFolder", SupportsShouldProcess = true, DefaultParameterSetName = "Path",
    HelpUri = HelpPages.Reference + "Remove-ImapFolder.md")]
[OutputType(typeof(void))]
public sealed class RemoveImapFolderCommand : FolderSelectionCmdlet
{
    private readonly Dictionary<SessionConnection, List<FolderPath>> _asked = [];

    /// <summary>Indicates that the folders below are removed as well.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>
    /// Indicates that the cmdlet does not ask, and removes folders together with their messages. The messages are lost. With -Confirm it
    /// asks all the same.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach ((FolderPath path, SessionConnection session) in Asked)
        {
            if (!_asked.TryGetValue(session, out List<FolderPath>? paths)) _asked[session] = paths = [];
            paths.Add(path);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (KeyValuePair<SessionConnection, List<FolderPath>> asked in _asked) RemoveFrom(asked.Key, asked.Value);
        base.EndProcessing();
    }

    private void RemoveFrom(SessionConnection session, List<FolderPath> asked)
    {
        FolderRemoval? removal = null;
        Run(async (writer, cancellationToken) =>
            removal = await PlanAsync(asked, new MailboxAccess(session, writer), writer, cancellationToken).ConfigureAwait(false));
        bool onlyAsCounted = Consent.IsAsked(ConfirmImpact.High, Force);
        foreach (FolderRemoval.Target target in removal!.Targets)
        {
            if (IsAllowed(target, session, removal) && IsWanted(target, removal))
            {
                this.RunFor(target.Folder.Path, session, (mailbox, _, cancellationToken) =>
                    removal.RemoveAsync(target, onlyAsCounted, mailbox, cancellationToken));
            }
        }

        Run((writer, cancellationToken) => removal.FinishAsync(new MailboxAccess(session, writer), cancellationToken));
    }

    private bool IsAllowed(FolderRemoval.Target target, SessionConnection session, FolderRemoval removal) =>
        this.RunFor(target.Folder.Path, session, async (mailbox, _, cancellationToken) =>
        {
            removal.Check(target, Recurse);
            if (Consent.IsWhatIf)
            {
                await new FolderRemover(mailbox).CheckAsync(target.Folder.Path, target.UidValidity, cancellationToken)
                    .ConfigureAwait(false);
            }
        });

    private bool IsWanted(FolderRemoval.Target target, FolderRemoval removal)
    {
        (int folders, long messages) = removal.Count(target);
        string action = "Remove folder"
            + (folders > 0 ? string.Format(CultureInfo.CurrentCulture, " and the {0:N0} below it", folders) : string.Empty)
            + (messages > 0 ? $", with {DisplayText.Count(messages, "message")}" : string.Empty);
        string path = DisplayText.Printable(target.Folder.Path);
        if (messages > 0 && !Consent.IsWhatIf)
        {
            string below = folders > 0 ? $" and {DisplayText.Count(folders, "folder")} below it" : string.Empty;
            string question = $"The folder '{path}'{below} will be removed, with {DisplayText.Count(messages, "message")}. "
                + "This cannot be undone.";
            return Consent.AllowsLoss(path, action, question, Force);
        }

        bool isWanted = Consent.Allows($"Performing the operation \"{action}\" on target \"{path}\".", Force);

        // So that -WhatIf says the same of the folder above as would come of it.
        if (Consent.IsWhatIf) removal.AssumeRemoved(target);
        return isWanted;
    }

    private static async Task<FolderRemoval> PlanAsync(List<FolderPath> asked, MailboxAccess mailbox,
        PipelineWriter writer, CancellationToken cancellationToken)
    {
        FolderRemoval removal = await FolderRemoval.ReadAsync(mailbox, cancellationToken).ConfigureAwait(false);
        foreach (FolderPath path in asked)
        {
            try
            {
                if (FolderExpansion.Plain(path) is { } plain) removal.Add(plain, path.UidValidity);
                else removal.AddAll(FolderExpansion.Match(path.Path, removal.Listed));
            }
            catch (ImapException refused)
            {
                await writer.WriteErrorAsync(refused, cancellationToken, path.Path).ConfigureAwait(false);
            }
        }

        await removal.CountAsync(mailbox, cancellationToken).ConfigureAwait(false);
        return removal;
    }
}

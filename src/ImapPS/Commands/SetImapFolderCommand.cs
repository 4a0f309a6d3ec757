using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Folders;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Changing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Subscribes to folders, or unsubscribes from them.</summary>
/// <remarks>
/// <para>
/// The server keeps a list of subscriptions. Mail programs use it to decide which folders to show. A folder that no longer exists can be on
/// the list. -Subscribed $false removes it from the list.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, for a path without wildcards; PermissionDenied, CommandRejected, ServerBusy,
/// ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Set-ImapFolder Lists/* -Subscribed $true</code>
/// <para>Makes every folder below Lists visible in mail programs.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Archive/* | Where-Object MessageCount -eq 0 | Set-ImapFolder -Subscribed $false -PassThru</code>
/// <para>Hides empty folders, and returns them.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ImapFolder", SupportsShouldProcess = true, DefaultParameterSetName = "Path",
    HelpUri = HelpPages.Reference + "Set-ImapFolder.md")]
[OutputType(typeof(ImapFolder))]
public sealed class SetImapFolderCommand : FolderSelectionCmdlet
{
    /// <summary>Specifies whether the user is subscribed to the folder.</summary>
    [Parameter(Mandatory = true)]
    public bool Subscribed { get; set; }

    /// <summary>Indicates that the cmdlet returns the folders as they are after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach ((FolderPath asked, SessionConnection session) in Asked)
        {
            IReadOnlyList<string> paths = [];
            this.RunFor(asked.Path, session, async (mailbox, _, cancellationToken) =>
                paths = await FolderExpansion.ExpandAsync(asked, mailbox, cancellationToken, unselectableToo: true).ConfigureAwait(false));
            foreach (string path in paths) Set(path, session);
        }
    }

    private void Set(string path, SessionConnection session)
    {
        if (Consent.IsWhatIf && !this.RunFor(path, session, (mailbox, _, cancellationToken) =>
            new FolderSubscriptions(mailbox).CheckAsync(path, Subscribed, cancellationToken)))
        {
            return;
        }

        if (!ShouldProcess(DisplayText.Printable(path), Subscribed ? "Subscribe to folder" : "Unsubscribe from folder")) return;

        this.RunFor(path, session, async (mailbox, writer, cancellationToken) =>
        {
            bool exists = await new FolderSubscriptions(mailbox).SetAsync(path, Subscribed, cancellationToken).ConfigureAwait(false);
            if (PassThru && exists) await FolderWork.EmitAsync(path, mailbox, writer, cancellationToken).ConfigureAwait(false);
        });
    }
}

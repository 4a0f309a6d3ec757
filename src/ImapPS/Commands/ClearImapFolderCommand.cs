using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Changing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Removes all messages of a folder permanently.</summary>
/// <remarks>
/// <para>
/// The messages are expunged. They are not moved to the trash and cannot be restored. The folder itself and the folders below it remain.
/// </para>
/// <para>
/// The cmdlet asks for confirmation for each folder that holds messages. The default answer is No. -Force, -Confirm:$false and a
/// $ConfirmPreference of None suppress the question. If nobody can be asked, as under pwsh -NonInteractive, the error is
/// ConfirmationRequired, and no message is removed.
/// </para>
/// <para>
/// The cmdlet first reads the UIDs and the UIDVALIDITY of a folder, and expunges only these messages (UIDPLUS, RFC 4315). Messages that
/// arrive later remain, even if the question is answered late or the connection is lost.
/// </para>
/// <para>
/// A server without UIDPLUS can only expunge all messages that are marked \Deleted. The cmdlet uses such a server only with
/// -AllowUnsafeExpunge. It then removes the mark from messages that arrived later, expunges, and sets the mark again. If it cannot set the
/// mark again, a warning names the messages.
/// </para>
/// <para>
/// With -JournalPath the cmdlet reads each message just before it is expunged, and writes a line with its subject, Message-ID, flags and
/// size. The line does not restore the message.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, LimitExceeded, ConfirmationRequired, NotSupportedByServer,
/// PermissionDenied, CommandRejected, JournalNotWritten, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Clear-ImapFolder Trash</code>
/// <para>Empties the trash after you confirm.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder -SpecialUse Junk | Clear-ImapFolder -Force -MaxMessages 5000</code>
/// <para>Empties the junk folder without confirmation. If it holds more than 5,000 messages, no message is removed.</para>
/// </example>
[Cmdlet(VerbsCommon.Clear, "ImapFolder", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Path",
    HelpUri = HelpPages.Reference + "Clear-ImapFolder.md")]
[OutputType(typeof(ImapFolder), typeof(ImapChangeSummary))]
public sealed class ClearImapFolderCommand : ChangeCmdlet
{
    /// <summary>The messages of a folder of any size are held in memory, and lost to the journal in a crash, a batch at a time.</summary>
    private const int LargestBatch = 5_000;

    private readonly List<(SessionConnection Session, FolderContents Contents)> _found = [];

    /// <inheritdoc cref="FolderSelectionCmdlet.Path"/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Path { get; set; } = [];

    /// <inheritdoc cref="FolderSelectionCmdlet.LiteralPath"/>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [ValidateNotNullOrEmpty]
    [FolderTransformation(Literal = true)]
    [Alias("PSPath", "LP")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] LiteralPath { get; set; } = [];

    /// <inheritdoc cref="FolderCmdlet.InputSession"/>
    [Parameter(ValueFromPipeline = true)]
    [SessionTransformation(SessionsOnly = true, Text = false)]
    public SessionReference? InputSession { get; set; }

    /// <summary>Indicates that the cmdlet does not ask for confirmation. With -Confirm it asks all the same.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Indicates that a server without UIDPLUS is used. Messages that another client marks as \Deleted at the same moment are expunged as
    /// well.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowUnsafeExpunge { get; set; }

    private protected override SessionReference? Chosen => Session ?? InputSession;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach ((FolderPath asked, SessionConnection session) in FolderIntake.Accept(this, Path.Concat(LiteralPath)))
        {
            IReadOnlyList<string> paths = [];
            this.RunFor(asked.Path, session, async (mailbox, _, cancellationToken) =>
                paths = await FolderExpansion.ExpandAsync(asked, mailbox, cancellationToken).ConfigureAwait(false));
            foreach (string path in paths)
            {
                this.RunFor(path, session, async (mailbox, _, cancellationToken) =>
                    _found.Add((session,
                        await FolderContents.ReadAsync(mailbox, path, asked.UidValidity, AllowUnsafeExpunge, cancellationToken)
                        .ConfigureAwait(false))));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (MaxMessages > 0 && _found.Sum(folder => (long)folder.Contents.Uids.Count) > MaxMessages)
        {
            Throw(Failures.LimitExceeded(MaxMessages));
        }

        foreach ((SessionConnection session, FolderContents contents) in _found)
        {
            if (IsWanted(contents))
            {
                this.RunFor(contents.Path, session, (mailbox, writer, cancellationToken) =>
                    ClearAsync(contents, mailbox, writer, cancellationToken));
            }
        }

        base.EndProcessing();
    }

    private bool IsWanted(FolderContents contents)
    {
        string path = DisplayText.Printable(contents.Path);
        string messages = DisplayText.Count(contents.Uids.Count, "message");
        string action = $"Expunge {messages}";
        return contents.Uids.Count == 0
            ? Consent.Allows($"Performing the operation \"{action}\" on target \"{path}\".", force: true)
            : Consent.AllowsLoss(path, action,
                $"The folder '{path}' holds {messages}, which will be removed for good. This cannot be undone.", Force);
    }

    private async Task ClearAsync(FolderContents contents, MailboxAccess mailbox, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        long done = 0;
        foreach (MessageBatch batch in contents.Batches(LargestBatch, mailbox.SessionId))
        {
            MessageBatch known = Report.IsRequested
                ? await new MessageRefresher(mailbox).RefreshAsync(batch, cancellationToken).ConfigureAwait(false) : batch;
            if (known.Count == 0) continue;

            await foreach (ChangeResult expunged in new MessageRemover(mailbox, trash: null)
                .ExpungeAsync(known, AllowUnsafeExpunge, cancellationToken).ConfigureAwait(false))
            {
                Report.Add(expunged.Changes);
                foreach (ImapException error in expunged.Errors)
                {
                    await writer.WriteErrorAsync(error, cancellationToken).ConfigureAwait(false);
                }

                done += expunged.Changes.Count;
                writer.Progress($"Clear {DisplayText.Printable(contents.Path)}", DisplayText.CountOf(done, contents.Uids.Count, "message"),
                    done, contents.Uids.Count);
            }
        }

        if (PassThru) await FolderWork.EmitAsync(contents.Path, mailbox, writer, cancellationToken).ConfigureAwait(false);
    }
}

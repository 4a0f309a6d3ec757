using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Changing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Moves messages to another folder, of the same account or of another.</summary>
/// <remarks>
/// <para>
/// The cmdlet gathers messages from the pipeline and moves them in as few commands as the server's line length allows. It uses MOVE (RFC
/// 6851). If the server does not support MOVE, it uses COPY and, after the server has confirmed the copy, an EXPUNGE of only these messages
/// (UIDPLUS, RFC 4315). A server that supports neither is refused, because it could only expunge other messages as well.
/// </para>
/// <para>
/// If the connection breaks during a move, it is opened again. Messages that are still in their folder are moved again. The cmdlet looks
/// for the others in the destination. If a message is in neither folder, the error is OutcomeUnknown. Messages that were read under another
/// UIDVALIDITY than the folder has now are not moved.
/// </para>
/// <para>
/// -ToSession, or a folder object of another session, moves the messages to another account, on any server. The cmdlet downloads up to 500
/// messages or 25 MB at a time. It appends up to 100 messages or 10 MB at a time (MULTIAPPEND, RFC 3502), if the other server supports
/// this.
/// </para>
/// <para>
/// The messages in another account are the same octet for octet. They have the current flags and keywords, including \Deleted, and the same
/// time of receipt in the same time zone. Flags and keywords that the other server does not keep are left out, and a warning names them.
/// </para>
/// <para>
/// Only the originals are expunged (UIDPLUS), and each only after the other server has reported the UID of its copy, or after the cmdlet
/// has found the copy there. If the server of the originals does not support UIDPLUS, it is refused.
/// </para>
/// <para>
/// If either connection breaks between accounts, it is opened again and the work continues. The error is OutcomeUnknown if it is not
/// certain that a message has arrived or, after all retries, that its original is removed. Look for the message before you move it again.
/// Otherwise you may get it twice. If the server refuses to remove originals, the move ends. The TargetObject of the error holds these
/// messages.
/// </para>
/// <para>
/// A message that is already in the destination is not changed. Nothing is sent, and the message is neither counted nor written to the
/// journal. -Verbose names it. -PassThru returns it.
/// </para>
/// <para>
/// With -PassThru the cmdlet returns the messages with their new Folder, UidValidity and Uid. To undo the move, pipe them into
/// Move-ImapMessage.
/// </para>
/// <para>
/// With -JournalPath the cmdlet reads each message again just before it is moved, so its flags are current. It writes a line after the
/// server has confirmed the move. A message that is reported as OutcomeUnknown, or that Ctrl+C interrupts, has no line. Folder, UidValidity
/// and Uid show where the message is now, so you can pipe the line back. FromFolder shows where it was.
/// </para>
/// <para>
/// If the journal cannot be opened, the cmdlet ends before it changes anything. If the journal cannot be written to, the cmdlet ends after
/// the batch with the error JournalNotWritten. The TargetObject of the error holds the messages that have no line.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound, UidValidityChanged, OutcomeUnknown, LimitExceeded,
/// NotSupportedByServer, PermissionDenied, QuotaExceeded, CommandRejected, ArgumentInvalid, JournalNotWritten, ServerBusy, ConnectionLost,
/// Timeout, ProtocolError; between sessions also MessageInvalid, MessageTooLarge, FileNotSaved and DiskFull.
/// </notes>
/// <example>
/// <code>Get-ImapMessage INBOX -OlderThan 365 | Move-ImapMessage Archive</code>
/// <para>Moves all messages that were received more than a year ago.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage INBOX -From billing@ | Move-ImapMessage Archive/2025 -CreateFolder -MaxMessages 500</code>
/// <para>Creates the folder if it is missing. If there are more than 500 messages, no message is moved.</para>
/// </example>
/// <example>
/// <code>$moved = Get-ImapMessage -Subject '*weekly*' | Move-ImapMessage -SpecialUse Archive -PassThru
/// $moved | Move-ImapMessage INBOX</code>
/// <para>Moves messages to the archive folder of the server, then moves them back.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage INBOX -OlderThan 365 | Move-ImapMessage Archive -JournalPath ./cleanup.jsonl -Summary
/// Get-Content ./cleanup.jsonl | ConvertFrom-Json | Move-ImapMessage INBOX</code>
/// <para>Writes the moved messages to a journal and returns a summary. The second line undoes the move, even in another process.</para>
/// </example>
/// <example>
/// <code>$archive = Connect-Imap archive.example.org -Credential alice -Name archive
/// Connect-Imap mail.example.org -Credential alice
/// Get-ImapMessage INBOX -OlderThan 365 | Move-ImapMessage INBOX/Old -CreateFolder -ToSession $archive</code>
/// <para>Moves old messages to another server.</para>
/// </example>
[Cmdlet(VerbsCommon.Move, "ImapMessage", SupportsShouldProcess = true, DefaultParameterSetName = "Destination",
    HelpUri = HelpPages.Reference + "Move-ImapMessage.md")]
[OutputType(typeof(ImapMessage), typeof(ImapChangeSummary))]
public sealed class MoveImapMessageCommand : TransferCmdlet
{
    private protected override string Verb => "Move";

    private protected override bool RemovesOriginals => true;

    private protected override bool IsDone(ImapMessage message, SessionConnection session) =>
        IsDestination(message.Folder, session.Handle.Id);

    private protected override async Task<MessageTrial> TryAsync(MessageBatch batch, MailboxAccess mailbox,
        bool tellsMissing, CancellationToken cancellationToken)
    {
        MessageTrial trial = await base.TryAsync(batch, mailbox, tellsMissing, cancellationToken).ConfigureAwait(false);
        return IsDestination(batch.Folder, mailbox.SessionId) ? trial with { Messages = [], Unchanged = trial.Messages } : trial;
    }

    private protected override IAsyncEnumerable<ChangeResult> TransferAsync(MessageBatch batch, MailboxAccess mailbox,
        TransferDestination destination, CancellationToken cancellationToken) =>
        IsDestination(batch.Folder, mailbox.SessionId)
            ? ChangeResult.UnmovedAsync(batch, mailbox, cancellationToken)
            : new MessageMover(mailbox, destination).MoveAsync(batch, cancellationToken);
}

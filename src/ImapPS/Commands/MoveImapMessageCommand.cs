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
/// Messages are gathered from the pipeline and moved in as few commands as the server's line length allows: MOVE (RFC 6851), or, where
/// the server lacks it, COPY, and once that is confirmed, an EXPUNGE of just these messages (UIDPLUS, RFC 4315). A server that has
/// neither is refused, since it could only expunge other messages along with these.
/// </para>
/// <para>
/// When the connection breaks in the middle of a move, it is opened again, the messages that are still in their folder are moved
/// again, and the others are looked for in the destination. One that is in neither is reported as OutcomeUnknown. Messages that were
/// read under another UIDVALIDITY than the folder has now are not touched.
/// </para>
/// <para>
/// With -ToSession, or a folder object of another session, the messages are moved to another account, on whatever server: downloaded up
/// to 500 or 25 MB at a time, and appended up to 100 or 10 MB at a time (MULTIAPPEND, RFC 3502, where the other server has it). They arrive
/// octet for octet, with the flags and keywords that they have at that moment, \Deleted among them, and with their time of receipt in its
/// zone. Flags and keywords that the other server does not keep are left out, and a warning names them. An original is expunged, and
/// nothing else (UIDPLUS), only when the other server has said which UID its copy got, or the copy was seen there; a server of the
/// originals without UIDPLUS is refused.
/// </para>
/// <para>
/// When either connection breaks on the way, it is opened again and the work goes on. A message of which cannot be told whether it has
/// arrived, or, where the retries are used up, whether its original is gone, is reported as OutcomeUnknown: look for it before you move it
/// again, which would double it. Originals that the server refuses to remove end the move; the error's TargetObject holds them.
/// </para>
/// <para>
/// A message that is in the destination already is left as it is: nothing is sent, it is neither counted nor noted in the journal, and
/// -Verbose names it. -PassThru emits it all the same.
/// </para>
/// <para>
/// With -PassThru the messages are emitted as they are afterwards, with their new Folder, UidValidity and Uid: piping them back into
/// Move-ImapMessage undoes the move.
/// </para>
/// <para>
/// With -JournalPath each message is read again right before it is moved, so that its flags are true, and a line is written when the
/// server has confirmed the move: what is reported as OutcomeUnknown has none, nor has what Ctrl+C cut off. A line names the message
/// where it is now (Folder, UidValidity, Uid), so that it can be piped back, and FromFolder says where it was. A journal that cannot be
/// opened ends the cmdlet before anything is touched. One that cannot be written to ends it after the batch, with the error
/// JournalNotWritten, whose TargetObject holds the messages that have no line.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound, UidValidityChanged, OutcomeUnknown, LimitExceeded,
/// NotSupportedByServer, PermissionDenied, QuotaExceeded, CommandRejected, ArgumentInvalid, JournalNotWritten, ConnectionLost, Timeout,
/// ProtocolError; between sessions also MessageInvalid, MessageTooLarge, FileNotSaved and DiskFull.
/// </notes>
/// <example>
/// <code>Get-ImapMessage INBOX -OlderThan 365 | Move-ImapMessage Archive</code>
/// <para>Moves everything received over a year ago.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage INBOX -From billing@ | Move-ImapMessage Archive/2025 -CreateFolder -MaxMessages 500</code>
/// <para>Creates the folder if it is missing; if there are more than 500 messages, nothing is touched.</para>
/// </example>
/// <example>
/// <code>$moved = Get-ImapMessage -Subject '*weekly*' | Move-ImapMessage -SpecialUse Archive -PassThru
/// $moved | Move-ImapMessage INBOX</code>
/// <para>Moves messages to the folder that the server uses as an archive, and puts them back.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage INBOX -OlderThan 365 | Move-ImapMessage Archive -JournalPath ./cleanup.jsonl -Summary
/// Get-Content ./cleanup.jsonl | ConvertFrom-Json | Move-ImapMessage INBOX</code>
/// <para>Notes in a file what was moved, and says how much it was; and undoes it, in another process if need be.</para>
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

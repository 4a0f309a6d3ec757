using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using ImapPS.Changing;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Changing;

namespace ImapPS.Commands;

/// <summary>Copies messages to another folder, of the same account or of another.</summary>
/// <remarks>
/// <para>
/// The cmdlet gathers messages from the pipeline. It copies them, with their flags, in as few COPY commands as the server's line length
/// allows. The messages do not cross the network. If a message is copied to its own folder, the folder holds it twice.
/// </para>
/// <para>
/// A COPY copies all its messages or none. If the connection breaks during a COPY, it is opened again, and the cmdlet looks for the copies
/// in the destination by size and Message-ID. If it finds none, it copies the messages again. If it finds some, it reports the others as
/// OutcomeUnknown. No message is copied twice. Messages that were read under another UIDVALIDITY than the folder has now are not copied.
/// </para>
/// <para>
/// -ToSession, or a folder object of another session, copies the messages to another account, on any server. The cmdlet downloads up to 500
/// messages or 25 MB at a time. It appends up to 100 messages or 10 MB at a time (MULTIAPPEND, RFC 3502), if the other server supports
/// this.
/// </para>
/// <para>
/// The copies in another account are the same octet for octet. They have the current flags and keywords of the messages, including
/// \Deleted, and the same time of receipt in the same time zone. Flags and keywords that the other server does not keep are left out, and a
/// warning names them.
/// </para>
/// <para>
/// If either connection breaks between accounts, it is opened again and the work continues. The cmdlet looks for the messages that it was
/// sending. It sends a message again only if the message is certainly not there. Otherwise it reports OutcomeUnknown. If you run such a
/// copy a second time, everything is copied again.
/// </para>
/// <para>
/// With -PassThru the cmdlet returns the copies with their own Folder, UidValidity and Uid. It returns the copies whose UID the server
/// reports (UIDPLUS, RFC 4315), and those that it finds in the destination.
/// </para>
/// <para>
/// With -JournalPath the cmdlet reads each message again just before it is copied. It writes a line after the server has confirmed the
/// copy. Folder, UidValidity and Uid are those of the copy. FromFolder is the folder of the original. To undo the copy, pipe the journal
/// into Remove-ImapMessage.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound, UidValidityChanged, OutcomeUnknown, LimitExceeded,
/// PermissionDenied, QuotaExceeded, CommandRejected, ArgumentInvalid, JournalNotWritten, ServerBusy, ConnectionLost, Timeout,
/// ProtocolError; between sessions also MessageInvalid, MessageTooLarge, FileNotSaved and DiskFull.
/// </notes>
/// <example>
/// <code>Get-ImapMessage INBOX -Flagged | Copy-ImapMessage Archive</code>
/// <para>Copies all flagged messages to the folder Archive.</para>
/// </example>
/// <example>
/// <code>$copies = Get-ImapMessage INBOX -From billing@ | Copy-ImapMessage Audit/2026 -CreateFolder -PassThru
/// $copies | Set-ImapMessage -Read</code>
/// <para>Copies messages to a folder and marks the copies as read. The folder is created if it is missing.</para>
/// </example>
/// <example>
/// <code>$new = Connect-Imap mail.example.net -Credential alice -Name new
/// Connect-Imap mail.example.org -Credential alice
/// Get-ImapFolder | ForEach-Object { Get-ImapMessage $_ | Copy-ImapMessage $_ -CreateFolder -ToSession $new }</code>
/// <para>Copies every folder of an account to a new server. Missing folders are created. Each path is written as the new server writes
/// paths, with its delimiter.</para>
/// </example>
[Cmdlet(VerbsCommon.Copy, "ImapMessage", SupportsShouldProcess = true, DefaultParameterSetName = "Destination",
    HelpUri = HelpPages.Reference + "Copy-ImapMessage.md")]
[OutputType(typeof(ImapMessage), typeof(ImapChangeSummary))]
public sealed class CopyImapMessageCommand : TransferCmdlet
{
    private protected override string Verb => "Copy";

    private protected override bool RemovesOriginals => false;

    private protected override IAsyncEnumerable<ChangeResult> TransferAsync(MessageBatch batch, MailboxAccess mailbox,
        TransferDestination destination, CancellationToken cancellationToken) =>
        new MessageCopier(mailbox, destination).CopyAsync(batch, cancellationToken);
}

using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline;

namespace ImapPS.Commands;

/// <summary>Copies messages to another folder of the same account.</summary>
/// <remarks>
/// <para>
/// Messages are gathered from the pipeline and copied, with their flags, in as few COPY commands as the server's line length allows.
/// The messages do not travel over the network. A message that is copied to its own folder is there twice afterwards.
/// </para>
/// <para>
/// A COPY is all or nothing. When the connection breaks in the middle of one, it is opened again, and the copies are looked for in the
/// destination, by size and Message-ID: if none is there, the messages are copied again; if some are, the others are reported as
/// OutcomeUnknown, and none is copied twice. Messages that were read under another UIDVALIDITY than the folder has now are not touched.
/// </para>
/// <para>
/// With -PassThru the copies are emitted, with their own Folder, UidValidity and Uid, as far as the server tells (UIDPLUS, RFC 4315) or
/// they can be found.
/// </para>
/// <para>
/// With -JournalPath each message is read again right before it is copied, and a line is written when the server has confirmed the copy.
/// It names the copy (Folder, UidValidity, Uid), so that the journal piped into Remove-ImapMessage undoes it; the message itself is in
/// FromFolder.
/// </para>
/// <para>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound, UidValidityChanged, OutcomeUnknown, LimitExceeded,
/// PermissionDenied, QuotaExceeded, CommandRejected, JournalNotWritten, ConnectionLost, Timeout, ProtocolError.
/// </para>
/// </remarks>
/// <example>
/// <code>Get-ImapMessage INBOX -Flagged | Copy-ImapMessage Archive</code>
/// <para>Keeps a copy of everything that is flagged.</para>
/// </example>
/// <example>
/// <code>$copies = Get-ImapMessage INBOX -From billing@ | Copy-ImapMessage Audit/2026 -CreateFolder -PassThru
/// $copies | Set-ImapMessage -Read</code>
/// <para>Copies messages to a folder that is created if it is missing, and marks the copies as read.</para>
/// </example>
[Cmdlet(VerbsCommon.Copy, "ImapMessage", SupportsShouldProcess = true, DefaultParameterSetName = "Destination")]
[OutputType(typeof(ImapMessage), typeof(ImapChangeSummary))]
public sealed class CopyImapMessageCommand : TransferCmdlet
{
    private protected override string Verb => "Copy";

    private protected override IAsyncEnumerable<ChangeResult> TransferAsync(MessageBatch batch, MailboxAccess mailbox, TransferDestination destination, CancellationToken cancellationToken) =>
        new MessageCopier(mailbox, destination).CopyAsync(batch, cancellationToken);
}

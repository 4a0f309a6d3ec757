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
/// Messages are gathered from the pipeline and copied, with their flags, in as few COPY commands as the server's line length allows.
/// The messages do not travel over the network. A message that is copied to its own folder is there twice afterwards.
/// </para>
/// <para>
/// A COPY is all or nothing. When the connection breaks in the middle of one, it is opened again, and the copies are looked for in the
/// destination, by size and Message-ID: if none is there, the messages are copied again; if some are, the others are reported as
/// OutcomeUnknown, and none is copied twice. Messages that were read under another UIDVALIDITY than the folder has now are not touched.
/// </para>
/// <para>
/// With -ToSession, or a folder object of another session, the messages are copied to another account, on whatever server: downloaded up
/// to 500 or 25 MB at a time, and appended up to 100 or 10 MB at a time (MULTIAPPEND, RFC 3502, where the other server has it). They arrive
/// octet for octet, with the flags and keywords that they have at that moment, \Deleted among them, and with their time of receipt in its
/// zone. Flags and keywords that the other server does not keep are left out, and a warning names them. When either connection breaks, it
/// is opened again and the work goes on: what was on its way is looked for, and sent again only when it certainly is not there; else it is
/// reported as OutcomeUnknown. To run such a copy again copies everything again.
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
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound, UidValidityChanged, OutcomeUnknown, LimitExceeded,
/// PermissionDenied, QuotaExceeded, CommandRejected, ArgumentInvalid, JournalNotWritten, ConnectionLost, Timeout, ProtocolError; between
/// sessions also MessageInvalid, MessageTooLarge, FileNotSaved and DiskFull.
/// </notes>
/// <example>
/// <code>Get-ImapMessage INBOX -Flagged | Copy-ImapMessage Archive</code>
/// <para>Keeps a copy of everything that is flagged.</para>
/// </example>
/// <example>
/// <code>$copies = Get-ImapMessage INBOX -From billing@ | Copy-ImapMessage Audit/2026 -CreateFolder -PassThru
/// $copies | Set-ImapMessage -Read</code>
/// <para>Copies messages to a folder that is created if it is missing, and marks the copies as read.</para>
/// </example>
/// <example>
/// <code>$new = Connect-Imap mail.example.net -Credential alice -Name new
/// Connect-Imap mail.example.org -Credential alice
/// Get-ImapFolder | ForEach-Object { Get-ImapMessage $_ | Copy-ImapMessage $_.Path -CreateFolder -ToSession $new }</code>
/// <para>Copies every folder of an account to a new server, where folders that are missing are created.</para>
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

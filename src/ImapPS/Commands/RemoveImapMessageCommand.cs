using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Changing;
using ImapPS.Pipeline.Listing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Removes messages: moves them to the trash, or expunges them permanently.</summary>
/// <remarks>
/// <para>
/// Without -Permanent messages are moved to the folder with the role \Trash, as Move-ImapMessage would. Messages that are in that folder
/// already are left alone, each with the error AlreadyInTrash: only -Permanent removes those.
/// </para>
/// <para>
/// With -Permanent messages are marked \Deleted and expunged, just these and no others (UID EXPUNGE, RFC 4315), and cannot be brought
/// back. So the cmdlet asks about each folder, or, with -Confirm, about each message instead, and the default answer is No. -Force,
/// -Confirm:$false and a $ConfirmPreference of None keep it from asking. Where nobody can be asked, as under pwsh -NonInteractive, that
/// is the error ConfirmationRequired, and nothing is touched.
/// </para>
/// <para>
/// A server without UIDPLUS can only expunge all that is marked \Deleted, and is refused with NotSupportedByServer. With
/// -AllowUnsafeExpunge it is used all the same: a warning says how many other messages are marked, and their marks are taken off before,
/// and put back after, so that only what another client marks in that moment goes as well. If they cannot be put back, a warning names
/// the messages.
/// </para>
/// <para>
/// On Gmail a message is in the trash once it is moved to [Gmail]/Trash; to expunge it from any other folder would only take that
/// folder's label off. So -Permanent moves messages to the trash there first, and expunges them from it.
/// </para>
/// <para>
/// A connection that breaks is opened again, and the work goes on where it stood. Messages that were read under another UIDVALIDITY than
/// the folder has now are not touched. With -PassThru the messages are emitted as they are in the trash: piping them into
/// Move-ImapMessage brings them back.
/// </para>
/// <para>
/// With -JournalPath each message is read again right before it is removed, and a line is written when the server has confirmed that. It
/// names the message where it is in the trash, so that the journal can be piped into Move-ImapMessage. For what was expunged these
/// properties are null, and piped back it is the error MessageNotFound; what is gone already is that error too.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound, UidValidityChanged, AlreadyInTrash, OutcomeUnknown, LimitExceeded,
/// ConfirmationRequired, NotSupportedByServer, PermissionDenied, QuotaExceeded, CommandRejected, JournalNotWritten, ConnectionLost,
/// Timeout, ProtocolError, ArgumentInvalid.
/// </notes>
/// <example>
/// <code>Get-ImapMessage INBOX -OlderThan 365 | Remove-ImapMessage -MaxPercent 50</code>
/// <para>Moves everything received over a year ago to the trash, unless that is more than half of the folder.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage Trash -OlderThan 30 | Remove-ImapMessage -Permanent -Force -MaxMessages 20000</code>
/// <para>Expunges old messages from the trash without a question.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage INBOX -From backup@ | Remove-ImapMessage -KeepNewest 10</code>
/// <para>Leaves only the ten newest reports.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Lists/* | Get-ImapMessage -OlderThan 90 | Remove-ImapMessage -JournalPath ./cleanup.jsonl
/// Get-Content ./cleanup.jsonl | ConvertFrom-Json | Group-Object FromFolder | ForEach-Object { $_.Group | Move-ImapMessage $_.Name }</code>
/// <para>Removes old messages of several folders, and puts each back where it was.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ImapMessage", SupportsShouldProcess = true, HelpUri = HelpPages.Reference + "Remove-ImapMessage.md")]
[OutputType(typeof(ImapMessage), typeof(ImapChangeSummary))]
public sealed class RemoveImapMessageCommand : MessageChangeCmdlet
{
    private readonly Dictionary<int, TransferDestination?> _trash = [];
    private readonly List<(ImapMessage Message, SessionConnection Session)> _candidates = [];
    private bool _hasChosen;

    /// <summary>Indicates that the messages are expunged permanently. They are not moved to the trash.</summary>
    [Parameter]
    public SwitchParameter Permanent { get; set; }

    /// <summary>Indicates that the cmdlet does not ask for confirmation. With -Confirm it asks all the same.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Indicates that a server without UIDPLUS is used. Messages that another client marks as \Deleted at the same moment are expunged as
    /// well.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowUnsafeExpunge { get; set; }

    /// <summary>
    /// Specifies how many of the newest messages to keep of each folder, among the messages that arrive. The newest are chosen by Received,
    /// or by UID if some messages lack it. Get-ImapMessage -Newest always counts by UID: for it, a message that was moved away and back is
    /// the newest. Here it is not.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int KeepNewest { get; set; }

    private protected override string Action => Permanent ? "Expunge" : "Move to the trash";

    /// <summary>One question a folder, and not one a batch.</summary>
    private protected override bool GathersAll => base.GathersAll || AsksAboutFolders;

    private protected override bool TellsMissing => !Permanent;

    /// <summary>-Confirm asks about each message: to ask about their folder as well would be to ask twice.</summary>
    private bool AsksAboutFolders => Permanent && Consent.IsAsked(ConfirmImpact.High, Force) && !AsksAboutEach;

    private bool AsksAboutEach => Consent.IsAsked(ConfirmImpact.Medium, Force);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Permanent && PassThru) Throw(Failures.Contradiction(nameof(Permanent), nameof(PassThru)));

        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _hasChosen = true;
        foreach (IGrouping<(int, string),
            (ImapMessage Message, SessionConnection Session)> folder in _candidates.GroupBy(candidate =>
            (candidate.Session.Handle.Id, candidate.Message.Folder)))
        {
            foreach ((ImapMessage message, SessionConnection session) in Newest.After(KeepNewest, folder, candidate => candidate.Message))
            {
                Intake.Gather(message, session);
            }
        }

        base.EndProcessing();
    }

    private protected override bool Admit(ImapMessage message, SessionConnection session)
    {
        if (KeepNewest == 0 || _hasChosen) return base.Admit(message, session);

        // The newest are known when all have arrived.
        _candidates.Add((message, session));
        return false;
    }

    private protected override async Task PrepareAsync(MailboxAccess mailbox, CancellationToken cancellationToken) =>
        _trash[mailbox.SessionId] = await MessageRemover.FindTrashAsync(mailbox, Permanent, AllowUnsafeExpunge, cancellationToken)
            .ConfigureAwait(false);

    private protected override void Check(ImapMessage message, SessionConnection session)
    {
        if (!Permanent && FolderNames.AreSame(message.Folder, _trash[session.Handle.Id]!.Path))
        {
            throw Failures.AlreadyInTrash(message.Folder, message.Uid, message);
        }
    }

    private protected override bool IsWanted(ImapMessage message) =>
        !Permanent ? base.IsWanted(message)
        : !AsksAboutEach || Consent.AskAboutLoss($"{Action} {MessageName.Of(message)} for good? This cannot be undone.");

    private protected override bool IsWanted(MessageBatch batch) =>
        !AsksAboutFolders
        || Consent.AskAboutLoss(
            $"{DisplayText.Count(batch.Count, "message")} of the folder '{DisplayText.Printable(batch.Folder)}' "
            + "will be removed for good. This cannot be undone.");

    private protected override IAsyncEnumerable<ChangeResult> ChangeAsync(MessageBatch batch, MailboxAccess mailbox,
        CancellationToken cancellationToken)
    {
        var remover = new MessageRemover(mailbox, _trash[mailbox.SessionId]);
        return Permanent
            ? remover.ExpungeAsync(batch, AllowUnsafeExpunge, cancellationToken)
            : remover.TrashAsync(batch, cancellationToken);
    }
}

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
using ImapPS.Reading;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Removes messages: moves them to the trash, or expunges them permanently.</summary>
/// <remarks>
/// <para>
/// Without -Permanent the cmdlet moves messages to the folder with the role \Trash, as Move-ImapMessage does. If a message is already in
/// that folder, the error is AlreadyInTrash, and the message is not changed. Only -Permanent removes it.
/// </para>
/// <para>
/// With -Permanent the cmdlet marks the messages as \Deleted and expunges only these messages (UID EXPUNGE, RFC 4315). They cannot be
/// restored. The cmdlet asks for confirmation for each folder. With -Confirm it asks for each message instead. The default answer is No.
/// -Force, -Confirm:$false and a $ConfirmPreference of None suppress the question. If nobody can be asked, as under pwsh -NonInteractive,
/// the error is ConfirmationRequired, and no message is removed.
/// </para>
/// <para>
/// A server without UIDPLUS can only expunge all messages that are marked \Deleted. The error is NotSupportedByServer. With
/// -AllowUnsafeExpunge the cmdlet uses such a server. A warning says how many other messages are marked. The cmdlet removes their marks
/// before the EXPUNGE and sets them again afterwards. Only messages that another client marks at that moment are expunged as well. If the
/// marks cannot be set again, a warning names the messages.
/// </para>
/// <para>
/// On Gmail a message is in the trash after it is moved to [Gmail]/Trash. An EXPUNGE in any other folder only removes the label of that
/// folder. On Gmail -Permanent first moves messages to the trash, then expunges them there.
/// </para>
/// <para>
/// Some servers show one message in two folders, and do not tell. If a message comes from Find-ImapDuplicate, the cmdlet therefore looks
/// for the copy that is to be kept, before and after it removes messages. If this copy goes as well, or would go, the cmdlet stops with the
/// error NotACopy. With -Permanent it finds this out before any message is removed.
/// </para>
/// <para>
/// If the connection breaks, it is opened again and the work continues. Messages that were read under another UIDVALIDITY than the folder
/// has now are not removed. With -PassThru the cmdlet returns the messages as they are in the trash. To restore them, pipe them into
/// Move-ImapMessage.
/// </para>
/// <para>
/// With -JournalPath the cmdlet reads each message again just before it is removed. It writes a line after the server has confirmed this.
/// The line shows where the message is in the trash, so you can pipe the journal into Move-ImapMessage. For an expunged message these
/// properties are null. If you pipe its line back, the error is MessageNotFound. With -JournalPath a message that no longer exists is the
/// error MessageNotFound as well.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound, UidValidityChanged, AlreadyInTrash, NotACopy, OutcomeUnknown,
/// LimitExceeded, ConfirmationRequired, NotSupportedByServer, PermissionDenied, QuotaExceeded, CommandRejected, JournalNotWritten,
/// ServerBusy, ConnectionLost, Timeout, ProtocolError, ArgumentInvalid.
/// </notes>
/// <example>
/// <code>Get-ImapMessage INBOX -OlderThan 365 | Remove-ImapMessage -MaxPercent 50</code>
/// <para>Moves messages that were received more than a year ago to the trash. If they are more than half of the folder, no message is
/// moved.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage Trash -OlderThan 30 | Remove-ImapMessage -Permanent -Force -MaxMessages 20000</code>
/// <para>Expunges old messages from the trash without confirmation. If there are more than 20,000, no message is removed.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage INBOX -From backup@ | Remove-ImapMessage -KeepNewest 10</code>
/// <para>Keeps the ten newest messages from backup@, and moves the others to the trash.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Lists/* | Get-ImapMessage -OlderThan 90 | Remove-ImapMessage -JournalPath ./cleanup.jsonl
/// Get-Content ./cleanup.jsonl | ConvertFrom-Json | Group-Object FromFolder | ForEach-Object { $_.Group | Move-ImapMessage $_.Name }</code>
/// <para>Removes old messages of several folders, then moves each message back to its folder.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ImapMessage", SupportsShouldProcess = true, HelpUri = HelpPages.Reference + "Remove-ImapMessage.md")]
[OutputType(typeof(ImapMessage), typeof(ImapChangeSummary))]
public sealed class RemoveImapMessageCommand : MessageChangeCmdlet
{
    private readonly Dictionary<int, TransferDestination?> _trash = [];
    private readonly List<(ImapMessage Message, SessionConnection Session)> _candidates = [];
    private readonly KeptCopies _kept = new();
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

    private protected override MessageParts Parts => KeepNewest > 0 ? MessageParts.All : base.Parts;

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
        return KeptCopies.AreOf(batch)
            ? _kept.RemoveAsync(batch, mailbox, _trash[mailbox.SessionId]?.Path, Remove, cancellationToken)
            : Remove(batch);

        IAsyncEnumerable<ChangeResult> Remove(MessageBatch piece) => Permanent
            ? remover.ExpungeAsync(piece, AllowUnsafeExpunge, cancellationToken)
            : remover.TrashAsync(piece, cancellationToken);
    }
}

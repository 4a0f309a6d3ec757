using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Changing;
using ImapPS.Reading;

namespace ImapPS.Commands;

/// <summary>Changes the flags, keywords and labels of messages.</summary>
/// <remarks>
/// <para>
/// The cmdlet gathers messages from the pipeline and changes them in as few STORE commands as the server's line length allows: one for all
/// flags to add, and one for all flags to remove. Flags that are not named do not change. If the connection breaks, it is opened again and
/// the command is repeated. This does no harm, because a flag can be set twice.
/// </para>
/// <para>
/// With -UnchangedSince (CONDSTORE, RFC 7162) messages that have changed after that modification sequence are not changed, each with the
/// error MessageChanged. A message that no longer exists is ignored, as in STORE. With -PassThru the cmdlet reads the flags again, and such
/// a message is the error MessageNotFound. Messages that were read under another UIDVALIDITY than the folder has now are not changed.
/// </para>
/// <para>
/// With -JournalPath the cmdlet reads the flags just before and just after the change, and writes a line with both. FlagsBefore and
/// FlagsAfter hold them, with the same for keywords and labels. A message that no longer exists is then the error MessageNotFound, as with
/// -PassThru.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound, UidValidityChanged, MessageChanged, LimitExceeded,
/// NotSupportedByServer, PermissionDenied, CommandRejected, JournalNotWritten, ServerBusy, ConnectionLost, Timeout, ProtocolError,
/// ArgumentInvalid.
/// </notes>
/// <example>
/// <code>Get-ImapMessage INBOX -OlderThan 30 -Unread | Set-ImapMessage -Read</code>
/// <para>Marks unread messages of more than 30 days ago as read.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage INBOX -From billing@ | Set-ImapMessage -Flagged -AddKeyword invoice, 2026 -RemoveKeyword todo</code>
/// <para>Flags messages, adds two keywords and removes one.</para>
/// </example>
/// <example>
/// <code>$seen = Get-ImapFolder INBOX
/// Get-ImapMessage INBOX -Subject '*report*' | Set-ImapMessage -Answered -UnchangedSince $seen.HighestModSeq</code>
/// <para>Changes only messages that nobody else has changed since the folder was read.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage | Set-ImapMessage -Read -JournalPath ./read.jsonl
/// Get-Content ./read.jsonl | ConvertFrom-Json | Where-Object FlagsBefore -NotLike *Seen* | Set-ImapMessage -Unread</code>
/// <para>Marks all messages as read, then marks those that were unread as unread again.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ImapMessage", SupportsShouldProcess = true, HelpUri = HelpPages.Reference + "Set-ImapMessage.md")]
[OutputType(typeof(ImapMessage), typeof(ImapChangeSummary))]
public sealed class SetImapMessageCommand : MessageChangeCmdlet
{
    private FlagChange _change = new();

    /// <summary>
    /// Indicates that the messages are marked as read (\Seen). -Read:$false is the same as -Unread. The other flags work alike.
    /// </summary>
    [Parameter]
    public SwitchParameter Read { get; set; }

    /// <summary>Indicates that the messages are marked as unread.</summary>
    [Parameter]
    public SwitchParameter Unread { get; set; }

    /// <summary>Indicates that the messages are flagged for attention (\Flagged).</summary>
    [Parameter]
    public SwitchParameter Flagged { get; set; }

    /// <summary>Indicates that the flag for attention is removed.</summary>
    [Parameter]
    public SwitchParameter Unflagged { get; set; }

    /// <summary>Indicates that the messages are marked as answered (\Answered).</summary>
    [Parameter]
    public SwitchParameter Answered { get; set; }

    /// <summary>Indicates that the mark \Answered is removed.</summary>
    [Parameter]
    public SwitchParameter Unanswered { get; set; }

    /// <summary>
    /// Indicates that the messages are marked as \Deleted. They stay until a client expunges the folder. Remove-ImapMessage removes
    /// messages.
    /// </summary>
    [Parameter]
    public SwitchParameter Deleted { get; set; }

    /// <summary>Indicates that \Deleted is removed, so that the messages stay.</summary>
    [Parameter]
    public SwitchParameter Undeleted { get; set; }

    /// <summary>Specifies keywords to add to the messages. A keyword is a flag that users define, such as $Forwarded or invoice.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(KeywordCompleter))]
    public string[] AddKeyword { get; set; } = [];

    /// <summary>Specifies keywords to remove.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(KeywordCompleter))]
    public string[] RemoveKeyword { get; set; } = [];

    /// <summary>
    /// Specifies the keywords that replace the present keywords of the messages. An empty list removes all keywords. The system flags, such
    /// as \Seen, stay.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(KeywordCompleter))]
    public string[] Keyword { get; set; } = [];

    /// <summary>Specifies labels to add to the messages, on Gmail.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddLabel { get; set; } = [];

    /// <summary>Specifies labels to remove, on Gmail.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] RemoveLabel { get; set; } = [];

    /// <summary>
    /// Specifies a modification sequence, such as the HighestModSeq of a folder that was read before the messages. Messages that have
    /// changed after it are not touched.
    /// </summary>
    [Parameter]
    public ulong UnchangedSince { get; set; }

    private protected override string Action => $"Set {_change.Describe()}";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _change = new FlagChange
            {
                Add = Flags(true),
                Remove = Flags(false),
                AddKeywords = AddKeyword,
                RemoveKeywords = RemoveKeyword,
                Keywords = IsGiven(nameof(Keyword)) ? Keyword : null,
                AddLabels = AddLabel,
                RemoveLabels = RemoveLabel,
                UnchangedSince = IsGiven(nameof(UnchangedSince)) ? UnchangedSince : null,
            };
            RefuseContradictions();
            _change.Check();
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }

        base.BeginProcessing();
    }

    private protected override MessageParts Parts => MessageParts.None;

    private protected override bool TellsMissing => PassThru;

    private protected override Task PrepareAsync(MailboxAccess mailbox, CancellationToken cancellationToken) => Task.CompletedTask;

    private protected override IAsyncEnumerable<ChangeResult> ChangeAsync(MessageBatch batch, MailboxAccess mailbox,
        CancellationToken cancellationToken) =>
        new MessageFlagger(mailbox, _change).ChangeAsync(batch, PassThru || Report.HasJournal, cancellationToken);

    private protected override Task<MessageTrial> TryAsync(MessageBatch batch, MailboxAccess mailbox, bool tellsMissing,
        CancellationToken cancellationToken) =>
        new MessageFlagger(mailbox, _change).TryAsync(batch, tellsMissing, cancellationToken);

    /// <summary>The flags that are to be set, or taken off.</summary>
    private ImapMessageFlags Flags(bool isSet) =>
        (Wanted(Read, nameof(Read), Unread, nameof(Unread)) == isSet ? ImapMessageFlags.Seen : ImapMessageFlags.None)
        | (Wanted(Flagged, nameof(Flagged), Unflagged, nameof(Unflagged)) == isSet ? ImapMessageFlags.Flagged : ImapMessageFlags.None)
        | (Wanted(Answered, nameof(Answered), Unanswered, nameof(Unanswered)) == isSet ? ImapMessageFlags.Answered : ImapMessageFlags.None)
        | (Wanted(Deleted, nameof(Deleted), Undeleted, nameof(Undeleted)) == isSet ? ImapMessageFlags.Deleted : ImapMessageFlags.None);

    /// <summary>What two opposite switches say together: -Read:$false is -Unread. Null when neither is given.</summary>
    private bool? Wanted(SwitchParameter yes, string yesName, SwitchParameter no, string noName) =>
        SwitchPair.Read(MyInvocation, (yes, yesName), (no, noName), Failures.Contradiction);

    private void RefuseContradictions()
    {
        if (AddKeyword.Intersect(RemoveKeyword, StringComparer.OrdinalIgnoreCase).Any())
        {
            throw Failures.Contradiction(nameof(AddKeyword), nameof(RemoveKeyword));
        }

        if (AddLabel.Intersect(RemoveLabel, StringComparer.OrdinalIgnoreCase).Any())
        {
            throw Failures.Contradiction(nameof(AddLabel), nameof(RemoveLabel));
        }

        if (_change.Keywords is not null && AddKeyword.Length + RemoveKeyword.Length > 0)
        {
            throw Failures.Contradiction(nameof(Keyword), nameof(AddKeyword));
        }
    }
}

using System;
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
using ImapPS.Reading;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Changing;

/// <summary>
/// A cmdlet that changes messages of the pipeline: it keeps to -MaxMessages and -MaxPercent, asks ShouldProcess about each, and sends few,
/// large commands.
/// </summary>
public abstract class MessageChangeCmdlet : ChangeCmdlet
{
    private readonly HashSet<int> _prepared = [];
    private readonly Dictionary<(SessionConnection Session, string Folder), HashSet<uint>> _shares = [];
    private readonly Dictionary<(int Session, string Folder), uint?> _uidValidities = [];
    private MessageIntake? _intake;
    private long _seen;
    private long _changed;
    private long _total = -1;

    /// <summary>
    /// Specifies the highest share of the messages of each folder to change, in percent. If more messages arrive, no message is touched,
    /// and the error is LimitExceeded. The cmdlet therefore gathers all messages before it changes the first.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int MaxPercent { get; set; }

    /// <summary>
    /// Specifies the highest number of messages for one command, from 1 to 100,000. The default is 5,000. The cmdlet sends fewer if the
    /// line length of the server requires it.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    [PSDefaultValue(Value = 5_000)]
    public int BatchSize { get; set; } = 5_000;

    /// <inheritdoc cref="MessageCmdlet.Message"/>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [MessageTransformation]
    public ImapMessage[] Message { get; set; } = [];

    /// <summary>What is done, as -WhatIf and -Confirm say it.</summary>
    private protected abstract string Action { get; }

    /// <summary>The messages on their way.</summary>
    private protected MessageIntake Intake => _intake ??= new MessageIntake(this)
    {
        Admit = Admit,
        IsFull = IsFull,
        Send = Send,

        // Small batches are no reason for smaller ones, where the messages of many folders come mixed.
        MostGathered = () => GathersAll ? null : Math.Max(BatchSize, 1_000),
    };

    /// <summary>
    /// What the change looks at: by its size and its Message-ID a message is found again when nobody knows what became of it.
    /// </summary>
    private protected override MessageParts Parts => MessageParts.Size | MessageParts.MessageId;

    private protected override bool TellsOfEach => PassThru || Report.IsRequested;

    /// <summary>True when no message may be worked on before all have arrived.</summary>
    private protected virtual bool GathersAll => MaxMessages > 0 || MaxPercent > 0;

    /// <summary>Checks in a session, once, what the change depends on, before any of its messages is touched.</summary>
    private protected abstract Task PrepareAsync(MailboxAccess mailbox, CancellationToken cancellationToken);

    /// <summary>Changes a batch; results come as they are known.</summary>
    private protected abstract IAsyncEnumerable<ChangeResult> ChangeAsync(MessageBatch batch, MailboxAccess mailbox,
        CancellationToken cancellationToken);

    /// <summary>Refuses a message that is not to be changed, by throwing.</summary>
    private protected virtual void Check(ImapMessage message, SessionConnection session)
    {
    }

    /// <summary>Whether the message is as it is to be already: then there is nothing to ask about.</summary>
    private protected virtual bool IsDone(ImapMessage message, SessionConnection session) => false;

    /// <summary>Asks about a message, where that is due.</summary>
    private protected virtual bool IsWanted(ImapMessage message) => Consent.IsSilent || ShouldProcess(MessageName.Of(message), Action);

    /// <summary>Asks about all messages of a folder, where that is due.</summary>
    private protected virtual bool IsWanted(MessageBatch batch) => true;

    /// <summary>Whether a message that is gone is an error, whatever else was asked for.</summary>
    private protected abstract bool TellsMissing { get; }

    /// <summary>What the change would find, without a change.</summary>
    private protected virtual Task<MessageTrial> TryAsync(MessageBatch batch, MailboxAccess mailbox, bool tellsMissing,
        CancellationToken cancellationToken) =>
        MessageTrial.LookAsync(batch, mailbox, tellsMissing, cancellationToken);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Intake.Take(Message);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        CheckShares();
        _total = _changed + Intake.Count;
        Intake.SendAll();
        base.EndProcessing();
        if (_changed > 0) WriteVerbose($"{Action}: {DisplayText.Count(_changed, "message")}.");
    }

    /// <inheritdoc cref="MessageIntake.Admit"/>
    private protected virtual bool Admit(ImapMessage message, SessionConnection session)
    {
        if (MaxMessages > 0 && ++_seen > MaxMessages) throw Failures.LimitExceeded(MaxMessages);

        if (MaxPercent > 0) Count(message, session);

        if (_prepared.Add(session.Handle.Id))
        {
            Run((writer, cancellationToken) => PrepareAsync(new MailboxAccess(session, writer), cancellationToken));
        }

        Check(message, session);

        // -WhatIf names what is there, and looks for all of them at once.
        return (!Consent.IsSilent && Consent.IsWhatIf) || IsDone(message, session) || IsWanted(message);
    }

    private bool IsFull(MessageBatch batch, ImapMessage next) =>
        !GathersAll && (batch.Count >= BatchSize || batch.IsFullFor(next.Uid));

    /// <inheritdoc cref="MessageIntake.Send"/>
    private protected virtual void Send(MessageBatch batch, SessionConnection session)
    {
        if (Consent.IsWhatIf)
        {
            Intake.Try(batch, session, Action, (mailbox, cancellationToken) =>
                TryAsync(batch, mailbox, TellsMissing || Summary || JournalPath is not null, cancellationToken));
            return;
        }

        if (!IsWanted(batch)) return;

        foreach (MessageBatch piece in batch.Split(BatchSize))
        {
            Run((writer, cancellationToken) => SendAsync(piece, session, writer, cancellationToken));
        }
    }

    private string Status => _total > 0 ? DisplayText.CountOf(_changed, _total, "message") : DisplayText.Count(_changed, "message");

    private void Count(ImapMessage message, SessionConnection session)
    {
        if (!_shares.TryGetValue((session, message.Folder), out HashSet<uint>? uids)) _shares[(session, message.Folder)] = uids = [];
        uids.Add(message.Uid);
    }

    private void CheckShares()
    {
        foreach (KeyValuePair<(SessionConnection Session, string Folder), HashSet<uint>> share in _shares)
        {
            (SessionConnection session, string path) = share.Key;
            Run(async (writer, cancellationToken) =>
            {
                ImapFolder folder = await new FolderReader(new MailboxAccess(session, writer))
                    .GetAsync(path, cancellationToken).ConfigureAwait(false);
                long all = folder.MessageCount ?? 0;
                if (share.Value.Count * 100L > all * MaxPercent) throw Failures.PercentExceeded(path, MaxPercent, share.Value.Count, all);
            });
        }
    }

    private Task SendAsync(MessageBatch batch, SessionConnection session, PipelineWriter writer, CancellationToken cancellationToken) =>
        writer.ForItemAsync(
            target: null,
            async () =>
            {
                var mailbox = new MailboxAccess(session, writer);
                MessageBatch known = await PinAsync(batch, mailbox, cancellationToken).ConfigureAwait(false);
                if (Report.IsRequested) known = await RefreshAsync(known, mailbox, writer, cancellationToken).ConfigureAwait(false);
                if (known.Count == 0) return;

                await foreach (ChangeResult result in ChangeAsync(known, mailbox, cancellationToken).ConfigureAwait(false))
                {
                    _changed += result.Changes.Count;
                    Report.Add(result.Changes);
                    writer.Progress(Action, Status, _changed, _total);
                    foreach (ImapException error in result.Errors)
                    {
                        await writer.WriteErrorAsync(error, cancellationToken).ConfigureAwait(false);
                    }

                    foreach (ImapMessage message in result.Unchanged) writer.Verbose(MessageName.Unchanged(message));

                    if (!PassThru) continue;

                    ImapMessage[] emitted = [.. result.Arrived, .. result.Unchanged];
                    foreach (ImapMessage message in await new MessageReader(mailbox).CompleteArrivedAsync(emitted, cancellationToken)
                        .ConfigureAwait(false))
                    {
                        await writer.WriteObjectAsync(message, cancellationToken).ConfigureAwait(false);
                    }
                }
            },
            cancellationToken);

    /// <summary>
    /// UIDs that came without a UIDVALIDITY mean the folder as it is when the first of them are sent, also after a lost connection.
    /// </summary>
    private async Task<MessageBatch> PinAsync(MessageBatch batch, MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        if (batch.UidValidity is not null) return batch;

        if (!_uidValidities.TryGetValue((mailbox.SessionId, batch.Folder), out uint? uidValidity))
        {
            SearchResult found = await new MessageReader(mailbox).TakeAsync(batch.Folder, batch.Uids, uidValidity: null, cancellationToken)
                .ConfigureAwait(false);
            _uidValidities[(mailbox.SessionId, batch.Folder)] = uidValidity = found.UidValidity;
        }

        return batch.Under(uidValidity);
    }

    /// <summary>What is told of a message is how it was right before the change, and not when it was found.</summary>
    private static async Task<MessageBatch> RefreshAsync(MessageBatch batch, MailboxAccess mailbox, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        MessageBatch now = await new MessageRefresher(mailbox).RefreshAsync(batch, cancellationToken).ConfigureAwait(false);
        foreach (ImapMessage gone in batch.Arrived.Where(message => !now.Contains(message.Uid)))
        {
            await writer.WriteErrorAsync(Failures.MessageNotFound(batch.Folder, gone.Uid, gone), cancellationToken).ConfigureAwait(false);
        }

        return now;
    }
}

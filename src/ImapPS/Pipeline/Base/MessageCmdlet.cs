using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>
/// A cmdlet that takes messages: it gathers them from the pipeline by session, folder and UIDVALIDITY, and works on them in batches.
/// </summary>
public abstract class MessageCmdlet : SessionCmdlet
{
    private MessageGathering? _gathering;

    /// <summary>
    /// Specifies the messages: the output of Get-ImapMessage, or any objects with the properties Folder and Uid. SessionId and UidValidity
    /// are used if they are present. A value that cannot be read is an error, and that message is not processed.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [MessageTransformation]
    public ImapMessage[] Message { get; set; } = [];

    /// <summary>How many messages are gathered, and not yet sent.</summary>
    private protected long Gathered => Gathering.Count;

    /// <summary>The messages that wait.</summary>
    internal MessageGathering Gathering => _gathering ??= new MessageGathering(Send);

    /// <summary>How many messages may wait, of all folders together.</summary>
    private protected virtual long MostGathered => 5_000;

    /// <summary>Takes a message as it arrives.</summary>
    private protected virtual void Take(ImapMessage message, SessionConnection session) => Gather(message, session);

    /// <summary>Decides on a message; one that is not admitted is left out.</summary>
    private protected abstract bool Admit(ImapMessage message, SessionConnection session);

    /// <summary>True when the batch is to be sent before this message joins it.</summary>
    private protected abstract bool IsFull(MessageBatch batch, ImapMessage next);

    /// <summary>True when no message may be worked on before all have arrived.</summary>
    private protected virtual bool GathersAll => false;

    /// <summary>Works on a batch.</summary>
    private protected abstract void Send(MessageBatch batch, SessionConnection session);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ImapMessage message in Message)
        {
            // What was changed before, and what came of it, may come down one pipeline.
            if (message is NotAMessage { Kind: ItemKind.Summary }) continue;

            if (message is NotAMessage other)
            {
                Refuse((object?)other.Flaw ?? other.Kind, Refusals.NotAMessage(other, MyInvocation.MyCommand.Name));
            }
            else ForMessage(message, () => Accept(message));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (BatchKey key in Gathering.Keys) Gathering.Send(key);

        base.EndProcessing();
    }

    /// <summary>A message as -WhatIf and -Confirm name it.</summary>
    private protected static string Describe(ImapMessage message) => $"{Name(message)} in {DisplayText.Printable(message.Folder)}";

    /// <summary>Says that a message is where it was to go.</summary>
    private protected static string DescribeUnchanged(ImapMessage message) =>
        $"M{Name(message).Substring(1)} is in '{DisplayText.Printable(message.Folder)}' already.";

    /// <summary>
    /// Names, under -WhatIf, the messages of a batch that the real run would work on, and tells the errors that it would meet.
    /// </summary>
    private protected void Try(MessageBatch batch, SessionConnection session, string action,
        Func<MailboxAccess, CancellationToken, Task<MessageTrial>> look)
    {
        var found = new MessageTrial([], []);
        Run((writer, cancellationToken) => writer.ForItemAsync(
            target: null,
            async () =>
            {
                MessageTrial trial = await look(new MailboxAccess(session, writer), cancellationToken).ConfigureAwait(false);
                foreach (ImapException error in trial.Errors) await writer.WriteErrorAsync(error, cancellationToken).ConfigureAwait(false);
                found = trial;
            },
            cancellationToken));
        foreach (ImapMessage message in found.Messages) ShouldProcess(Describe(message), action);
        foreach (ImapMessage message in found.Unchanged)
        {
            string nothing = $"Nothing would be done. {DescribeUnchanged(message)}";
            ShouldProcess(nothing, nothing, "Confirm", out _);
        }
    }

    /// <summary>Does something about one message: what goes wrong with it is its own error, unless it ends the call.</summary>
    private protected void ForMessage(ImapMessage message, Action work)
    {
        try
        {
            work();
        }
        catch (ImapException failed) when (!ErrorTable.EndsCall(failed))
        {
            WriteError(failed, message);
        }
        catch (ImapException failed)
        {
            Throw(failed);
        }
    }

    private static string Name(ImapMessage message) =>
        string.Format(CultureInfo.InvariantCulture, message.Subject.Length == 0
            ? "message {0}"
            : "message {0} '{1}'", message.Uid, DisplayText.Subject(message.Subject));

    private void Accept(ImapMessage message)
    {
        if (message.Uid == 0 || message.Folder.Length == 0) throw Failures.PlaceUnknown(message);
        if (TryResolve(OriginOf(message), message) is { } session) Take(message, session);
    }

    private static SessionReference? OriginOf(ImapMessage message) =>
        message.SessionId is { } id ? new SessionReference(id)
        : message.SessionName is { } name ? new SessionReference(name)
        : null;

    private void Gather(ImapMessage message, SessionConnection session)
    {
        if (!Admit(message, session)) return;

        var key = new BatchKey(session.Handle.Id, message.Folder, message.UidValidity);
        Gathering.Add(key, message, batch => IsFull(batch, message), GathersAll ? long.MaxValue : MostGathered);

        // Nobody knows when the next one will come.
        if (message.IsAwaited && !GathersAll) Gathering.Send(key);
    }

    private void Send(BatchKey key, MessageBatch batch)
    {
        SessionConnection session;
        try
        {
            // Not Resolve: -Session holds what the last piped object was bound to, which may have come from another session than these.
            session = SessionStore.Find(new SessionReference(key.Session));
        }
        catch (ImapException closed)
        {
            // It is not the fault of the message that arrives now, which may be of another session.
            WriteError(closed);
            return;
        }

        Send(batch, session);
    }
}

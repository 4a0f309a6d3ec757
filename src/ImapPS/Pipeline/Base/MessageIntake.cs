using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>
/// Takes the messages that a cmdlet was given: it gathers them by session, folder and UIDVALIDITY, and hands them on in batches.
/// </summary>
internal sealed class MessageIntake
{
    private readonly SessionCmdlet _cmdlet;
    private readonly MessageGathering _gathering;

    /// <param name="cmdlet">The cmdlet.</param>
    public MessageIntake(SessionCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _gathering = new MessageGathering(Hand);
    }

    /// <summary>Decides on a message; one that is not admitted is left out.</summary>
    public required Func<ImapMessage, SessionConnection, bool> Admit { get; init; }

    /// <summary>True when the batch is to be sent before this message joins it.</summary>
    public required Func<MessageBatch, ImapMessage, bool> IsFull { get; init; }

    /// <summary>Works on a batch.</summary>
    public required Action<MessageBatch, SessionConnection> Send { get; init; }

    /// <summary>How many messages may wait, of all folders together; null when none may be worked on before all have arrived.</summary>
    public required Func<long?> MostGathered { get; init; }

    /// <summary>How many messages are gathered, and not yet sent.</summary>
    public long Count => _gathering.Count;

    /// <summary>Takes messages as they arrive.</summary>
    public void Take(IEnumerable<ImapMessage> given)
    {
        foreach (ImapMessage message in given)
        {
            // What was changed before, and what came of it, may come down one pipeline.
            if (message is NotAMessage { Kind: ItemKind.Summary }) continue;

            if (message is NotAMessage other)
            {
                _cmdlet.Refuse((object?)other.Flaw ?? other.Kind, Refusals.NotAMessage(other, _cmdlet.MyInvocation.MyCommand.Name));
            }
            else ForMessage(message, () => Accept(message));
        }
    }

    /// <summary>Gathers a message, if it is admitted. What goes wrong with it is its own error, unless it ends the call.</summary>
    public void Gather(ImapMessage message, SessionConnection session) => ForMessage(message, () => GatherAdmitted(message, session));

    /// <summary>Sends all that is gathered.</summary>
    public void SendAll()
    {
        foreach (BatchKey key in _gathering.Keys) _gathering.Send(key);
    }

    /// <summary>
    /// Names, under -WhatIf, the messages of a batch that the real run would work on, and tells the errors that it would meet.
    /// </summary>
    public void Try(MessageBatch batch, SessionConnection session, string action,
        Func<MailboxAccess, CancellationToken, Task<MessageTrial>> look)
    {
        var found = new MessageTrial([], []);
        _cmdlet.Run((writer, cancellationToken) => writer.ForItemAsync(
            target: null,
            async () =>
            {
                MessageTrial trial = await look(new MailboxAccess(session, writer), cancellationToken).ConfigureAwait(false);
                foreach (ImapException error in trial.Errors) await writer.WriteErrorAsync(error, cancellationToken).ConfigureAwait(false);
                found = trial;
            },
            cancellationToken));
        foreach (ImapMessage message in found.Messages) _cmdlet.ShouldProcess(MessageName.Of(message), action);
        foreach (ImapMessage message in found.Unchanged)
        {
            string nothing = $"Nothing would be done. {MessageName.Unchanged(message)}";
            _cmdlet.ShouldProcess(nothing, nothing, "Confirm", out _);
        }
    }

    private static SessionReference? OriginOf(ImapMessage message) =>
        message.SessionId is { } id ? new SessionReference(id)
        : message.SessionName is { } name ? new SessionReference(name)
        : null;

    private void ForMessage(ImapMessage message, Action work)
    {
        try
        {
            work();
        }
        catch (ImapException failed) when (!ErrorTable.EndsCall(failed))
        {
            _cmdlet.WriteError(failed, message);
        }
        catch (ImapException failed)
        {
            _cmdlet.Throw(failed);
        }
    }

    private void Accept(ImapMessage message)
    {
        if (message.Uid == 0 || message.Folder.Length == 0) throw Failures.PlaceUnknown(message);
        if (_cmdlet.TryResolve(OriginOf(message), message) is { } session) GatherAdmitted(message, session);
    }

    private void GatherAdmitted(ImapMessage message, SessionConnection session)
    {
        if (!Admit(message, session)) return;

        var key = new BatchKey(session.Handle.Id, message.Folder, message.UidValidity);
        long? most = MostGathered();
        _gathering.Add(key, message, batch => IsFull(batch, message), most ?? long.MaxValue);

        // Nobody knows when the next one will come.
        if (message.IsAwaited && most is not null) _gathering.Send(key);
    }

    private void Hand(BatchKey key, MessageBatch batch)
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
            _cmdlet.WriteError(closed);
            return;
        }

        Send(batch, session);
    }
}

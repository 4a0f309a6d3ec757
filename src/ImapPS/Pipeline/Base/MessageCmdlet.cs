using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Changing;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>A cmdlet that takes messages and reads them. What changes them is a MessageChangeCmdlet.</summary>
public abstract class MessageCmdlet : ConsentCmdlet
{
    /// <summary>How many messages may wait, of all folders together.</summary>
    private const long MostGathered = 5_000;

    private MessageIntake? _intake;

    /// <summary>
    /// Specifies the messages: the output of Get-ImapMessage, or any objects with the properties Folder and Uid. SessionId and UidValidity
    /// are used if they are present. A value that cannot be read is an error, and that message is not processed.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [MessageTransformation]
    public ImapMessage[] Message { get; set; } = [];

    /// <summary>The messages on their way.</summary>
    private protected MessageIntake Intake => _intake ??=
        new MessageIntake(this) { Admit = Admit, IsFull = IsFull, Send = Send, MostGathered = () => MostGathered };

    /// <inheritdoc cref="MessageIntake.Admit"/>
    private protected abstract bool Admit(ImapMessage message, SessionConnection session);

    /// <inheritdoc cref="MessageIntake.IsFull"/>
    private protected abstract bool IsFull(MessageBatch batch, ImapMessage next);

    /// <inheritdoc cref="MessageIntake.Send"/>
    private protected abstract void Send(MessageBatch batch, SessionConnection session);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Intake.Take(Message);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Intake.SendAll();
        base.EndProcessing();
    }
}

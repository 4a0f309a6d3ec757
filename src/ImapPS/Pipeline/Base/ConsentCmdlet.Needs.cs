using ImapPS.Reading;

namespace ImapPS.Pipeline.Base;

/// <content>What is needed of the messages, for the cmdlet that fetches them.</content>
public abstract partial class ConsentCmdlet : IMessageConsumer
{
    private bool _hasEnded;

    /// <summary>What the cmdlet looks at of messages that it takes.</summary>
    private protected virtual MessageParts Parts => MessageParts.All;

    /// <summary>True where something is told of each message.</summary>
    private protected virtual bool TellsOfEach => false;

    /// <inheritdoc/>
    bool IMessageConsumer.IsWorking => !_hasEnded;

    /// <inheritdoc/>
    MessageParts IMessageConsumer.Needs => TellsOfEach || !Consent.IsSilent ? MessageParts.All : Parts;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        NextCommand.Begin(this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _hasEnded = true;
        NextCommand.Leave(this);
        base.Dispose(disposing);
    }
}

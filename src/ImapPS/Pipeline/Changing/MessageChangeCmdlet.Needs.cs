using ImapPS.Pipeline.Base;
using ImapPS.Reading;

namespace ImapPS.Pipeline.Changing;

/// <content>What is needed of the messages, for the cmdlet that fetches them.</content>
public abstract partial class MessageChangeCmdlet : IMessageConsumer
{
    private bool _hasEnded;

    /// <summary>
    /// What the change looks at: by its size and its Message-ID a message is found again when nobody knows what became of it.
    /// </summary>
    private protected virtual MessageParts Parts => MessageParts.Size | MessageParts.MessageId;

    /// <inheritdoc/>
    bool IMessageConsumer.IsWorking => !_hasEnded;

    /// <summary>All where something is told of each message.</summary>
    MessageParts IMessageConsumer.Needs => PassThru || Report.IsRequested || !Consent.IsSilent ? MessageParts.All : Parts;

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

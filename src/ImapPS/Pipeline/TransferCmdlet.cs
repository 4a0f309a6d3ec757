using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Completion;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline;

/// <summary>A cmdlet that brings messages to another folder of their account.</summary>
public abstract class TransferCmdlet : MessageChangeCmdlet
{
    private readonly Dictionary<int, TransferDestination> _destinations = [];

    /// <summary>The folder that the messages go to: a path, or a folder object. No character of it is a wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Destination")]
    [ValidateNotNull]
    [FolderTransformation]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath? Destination { get; set; }

    /// <summary>The role of the folder that the messages go to, such as Archive, Junk or Trash (RFC 6154).</summary>
    [Parameter(Mandatory = true, ParameterSetName = "SpecialUse")]
    public ImapSpecialUse SpecialUse { get; set; }

    /// <summary>Create the destination, and the folders above it, if it is missing.</summary>
    [Parameter(ParameterSetName = "Destination")]
    public SwitchParameter CreateFolder { get; set; }

    private protected override string Action => Destination is null ? $"{Verb} to the {SpecialUse} folder" : $"{Verb} to {Text.Printable(Destination.Path)}";

    /// <summary>What is done to the messages: Move, or Copy.</summary>
    private protected abstract string Verb { get; }

    /// <summary>Brings a batch to its destination.</summary>
    private protected abstract IAsyncEnumerable<ChangeResult> TransferAsync(MessageBatch batch, MailboxAccess mailbox, TransferDestination destination, CancellationToken cancellationToken);

    private protected override async Task PrepareAsync(MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        if (Destination?.SessionId is { } session && session != mailbox.SessionId)
        {
            throw Failures.ArgumentInvalid("The destination is a folder of another session than the messages.", "Give a folder of the messages' own session.", Destination.Path);
        }

        string path = Destination?.Path ?? await new FolderReader(mailbox).PathOfRoleAsync(SpecialUse, cancellationToken).ConfigureAwait(false);

        // A folder is created only once something is to go there: -WhatIf, a limit or the answer to a question may keep all of it back.
        if (!CreateFolder) _destinations[mailbox.SessionId] = await TransferDestination.PrepareAsync(mailbox, path, create: false, cancellationToken).ConfigureAwait(false);
    }

    private protected override void Send(MessageBatch batch, SessionConnection session)
    {
        if (CreateFolder && !_destinations.ContainsKey(session.Handle.Id))
        {
            Run(async (writer, cancellationToken) =>
                _destinations[session.Handle.Id] = await TransferDestination.PrepareAsync(new MailboxAccess(session, writer), Destination!.Path, create: true, cancellationToken).ConfigureAwait(false));
        }

        base.Send(batch, session);
    }

    private protected override IAsyncEnumerable<ChangeResult> ChangeAsync(MessageBatch batch, MailboxAccess mailbox, CancellationToken cancellationToken) =>
        TransferAsync(batch, mailbox, _destinations[mailbox.SessionId], cancellationToken);
}

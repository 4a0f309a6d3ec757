using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Completion;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline;

namespace ImapPS.Commands;

/// <summary>Moves messages to another folder of the same account.</summary>
/// <remarks>
/// <para>
/// Messages are gathered from the pipeline and moved in as few commands as the server's line length allows: MOVE (RFC 6851), or, where
/// the server lacks it, COPY, and once that is confirmed, an EXPUNGE of just these messages (UIDPLUS, RFC 4315). A server that has
/// neither is refused, since it could only expunge other messages along with these.
/// </para>
/// <para>
/// When the connection breaks in the middle of a move, it is opened again, the messages that are still in their folder are moved
/// again, and the others are looked for in the destination. One that is in neither is reported as OutcomeUnknown. Messages that were
/// read under another UIDVALIDITY than the folder has now are not touched.
/// </para>
/// <para>
/// With -PassThru the messages are emitted as they are afterwards, with their new Folder, UidValidity and Uid: piping them back into
/// Move-ImapMessage undoes the move.
/// </para>
/// <para>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound, UidValidityChanged, OutcomeUnknown, LimitExceeded,
/// NotSupportedByServer, PermissionDenied, QuotaExceeded, CommandRejected, ConnectionLost, Timeout, ProtocolError.
/// </para>
/// </remarks>
/// <example>
/// <code>Get-ImapMessage INBOX -OlderThan 365.00:00:00 | Move-ImapMessage Archive</code>
/// <para>Moves everything received over a year ago.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage INBOX -From billing@ | Move-ImapMessage Archive/2025 -CreateFolder -MaxMessages 500</code>
/// <para>Creates the folder if it is missing; if there are more than 500 messages, nothing is touched.</para>
/// </example>
/// <example>
/// <code>$moved = Get-ImapMessage -Subject '*weekly*' | Move-ImapMessage -SpecialUse Archive -PassThru
/// $moved | Move-ImapMessage INBOX</code>
/// <para>Moves messages to the folder that the server uses as an archive, and puts them back.</para>
/// </example>
[Cmdlet(VerbsCommon.Move, "ImapMessage", SupportsShouldProcess = true, DefaultParameterSetName = "Destination")]
[OutputType(typeof(ImapMessage))]
public sealed class MoveImapMessageCommand : MessageChangeCmdlet
{
    private readonly Dictionary<int, TransferDestination> _destinations = [];

    /// <summary>The folder to move to: a path, or a folder object. No character of it is a wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Destination")]
    [ValidateNotNull]
    [FolderTransformation]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath? Destination { get; set; }

    /// <summary>The role of the folder to move to, such as Archive, Junk or Trash (RFC 6154).</summary>
    [Parameter(Mandatory = true, ParameterSetName = "SpecialUse")]
    public ImapSpecialUse SpecialUse { get; set; }

    /// <summary>Create the destination, and the folders above it, if it is missing.</summary>
    [Parameter(ParameterSetName = "Destination")]
    public SwitchParameter CreateFolder { get; set; }

    private protected override string Action => Destination is null ? $"Move to the {SpecialUse} folder" : $"Move to {Text.Printable(Destination.Path)}";

    private protected override async Task PrepareAsync(MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        if (Destination?.SessionId is { } session && session != mailbox.SessionId)
        {
            throw Failures.ArgumentInvalid("The destination is a folder of another session than the messages.", "Give a folder of the messages' own session.", Destination.Path);
        }

        string path = Destination?.Path ?? await new FolderReader(mailbox).PathOfRoleAsync(SpecialUse, cancellationToken).ConfigureAwait(false);
        if (CreateFolder && IsTrial) return;

        _destinations[mailbox.SessionId] = await TransferDestination.PrepareAsync(mailbox, path, CreateFolder, cancellationToken).ConfigureAwait(false);
    }

    private protected override IAsyncEnumerable<TransferResult> ChangeAsync(MessageBatch batch, MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        TransferDestination destination = _destinations[mailbox.SessionId];
        return string.Equals(batch.Folder, destination.Path, StringComparison.Ordinal)
            ? TransferResult.Unmoved(batch)
            : new MessageMover(mailbox, destination).MoveAsync(batch, cancellationToken);
    }
}

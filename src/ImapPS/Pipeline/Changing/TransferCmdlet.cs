using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Sessions;
using ImapPS.Transfers;

namespace ImapPS.Pipeline.Changing;

/// <summary>A cmdlet that brings messages to another folder: of their account, or of another session's.</summary>
public abstract class TransferCmdlet : MessageChangeCmdlet
{
    private readonly Dictionary<int, TransferDestination> _destinations = [];
    private SessionConnection? _target;
    private bool _isBetween;

    /// <summary>The path of the destination as its own server writes it, once that is known.</summary>
    private string? _path;

    /// <summary>
    /// Specifies the destination folder: a path, or a folder object. No character is a wildcard. A folder object of another session also
    /// specifies that session. With -ToSession a folder object of another session means the folder of the same name there: its path is
    /// written with the delimiter and the prefix of that server. A path is used as it is.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Destination")]
    [ValidateNotNull]
    [FolderTransformation]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath? Destination { get; set; }

    /// <summary>Specifies the role of the destination folder, such as Archive, Junk or Trash (RFC 6154).</summary>
    [Parameter(Mandatory = true, ParameterSetName = "SpecialUse")]
    public ImapSpecialUse SpecialUse { get; set; }

    /// <summary>Indicates that the destination, and the folders above it, are created if they are missing.</summary>
    [Parameter(ParameterSetName = "Destination")]
    public SwitchParameter CreateFolder { get; set; }

    /// <summary>
    /// Specifies the session of the destination: the object, its id or its name. It may be of another account on another server. The
    /// default is the session of the messages.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public SessionReference? ToSession { get; set; }

    private protected override string Action
    {
        get
        {
            string where = Destination is null ? $"the {SpecialUse} folder" : DisplayText.Printable(_path ?? Destination.Path);
            return _isBetween ? $"{Verb} to {where} ({DisplayText.Printable(_target!.Handle.Name)})" : $"{Verb} to {where}";
        }
    }

    /// <summary>What is done to the messages: Move, or Copy.</summary>
    private protected abstract string Verb { get; }

    /// <summary>Whether the messages are gone from their folder afterwards.</summary>
    private protected abstract bool RemovesOriginals { get; }

    private protected override bool TellsMissing => true;

    /// <summary>To another account goes all that a message is.</summary>
    private protected override MessageParts Parts => _target is null ? base.Parts : MessageParts.All;

    /// <summary>Brings a batch to its destination in the same account.</summary>
    private protected abstract IAsyncEnumerable<ChangeResult> TransferAsync(MessageBatch batch, MailboxAccess mailbox,
        TransferDestination destination, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _target = FindTarget();
        }
        catch (ImapException wrong)
        {
            Throw(wrong);
        }
    }

    private protected override async Task PrepareAsync(MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        MailboxAccess target = TargetOf(mailbox);
        if (target != mailbox)
        {
            _isBetween = true;
            if (RemovesOriginals) await SessionTransfer.RequireExpungeAsync(mailbox, cancellationToken).ConfigureAwait(false);
        }

        if (_destinations.ContainsKey(target.SessionId)) return;

        string path = Destination is null
            ? await new FolderReader(target).PathOfRoleAsync(SpecialUse, cancellationToken).ConfigureAwait(false)
            : _path ??= await TranslateAsync(Destination, target, cancellationToken).ConfigureAwait(false);

        // A folder is created only once something is to go there: -WhatIf, a limit or the answer to a question may keep all of it back.
        if (!CreateFolder)
        {
            _destinations[target.SessionId] = await TransferDestination.PrepareAsync(target, path, create: false, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>True when the folder is the destination itself, however it is spelled.</summary>
    private protected bool IsDestination(string folder, int session)
    {
        if (_target is not null && _target.Handle.Id != session) return false;

        string? path = _destinations.TryGetValue(session, out TransferDestination? found) ? found.Path : Destination?.Path;
        return path is not null && FolderNames.AreSame(folder, path);
    }

    private protected override void Send(MessageBatch batch, SessionConnection session)
    {
        if (CreateFolder)
        {
            Run((writer, cancellationToken) => CreateDestinationAsync(TargetOf(new MailboxAccess(session, writer)), cancellationToken));
        }

        base.Send(batch, session);
    }

    private protected override IAsyncEnumerable<ChangeResult> ChangeAsync(MessageBatch batch, MailboxAccess mailbox,
        CancellationToken cancellationToken)
    {
        MailboxAccess target = TargetOf(mailbox);
        TransferDestination destination = _destinations[target.SessionId];
        return target == mailbox
            ? TransferAsync(batch, mailbox, destination, cancellationToken)
            : new SessionTransfer(mailbox, target, destination, RemovesOriginals).TransferAsync(batch, cancellationToken);
    }

    private async Task CreateDestinationAsync(MailboxAccess target, CancellationToken cancellationToken)
    {
        if (_destinations.ContainsKey(target.SessionId)) return;

        if (Consent.IsWhatIf)
        {
            await TransferDestination.FindAsync(target, _path!, mayBeMissing: true, cancellationToken).ConfigureAwait(false);
            return;
        }

        _destinations[target.SessionId] = await TransferDestination.PrepareAsync(target, _path!, create: true, cancellationToken)
            .ConfigureAwait(false);
    }

    private SessionConnection? FindTarget()
    {
        if (Destination is { Given: not null }) throw Refusals.NotAFolder(Destination, MyInvocation.MyCommand.Name);

        if (ToSession is not null) return SessionStore.Find(ToSession);

        return Destination?.Session is { } ofFolder ? SessionStore.Find(ofFolder) : null;
    }

    /// <summary>The path of a folder; of another session's folder that of the same name at the target.</summary>
    private static Task<string> TranslateAsync(FolderPath folder, MailboxAccess target, CancellationToken cancellationToken)
    {
        SessionConnection? session = folder.Session is null ? null : SessionStore.Find(folder.Session);
        return session is null || session.Handle.Id == target.SessionId
            ? Task.FromResult(folder.Path)
            : PathTranslation.OfAsync(folder.Path, new MailboxAccess(session, target.Caller), target, cancellationToken);
    }

    private MailboxAccess TargetOf(MailboxAccess mailbox) =>
        _target is null || _target.Handle.Id == mailbox.SessionId ? mailbox : new MailboxAccess(_target, mailbox.Caller);
}

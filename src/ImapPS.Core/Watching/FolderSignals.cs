using System;
using System.Collections.Generic;
using ImapPS.Mailbox;
using MailKit;

namespace ImapPS.Watching;

/// <summary>
/// What the server tells by itself of one folder, kept until somebody takes it. A signal says that there is something to look
/// for, and not what happened; but for the UIDs of messages that vanished, which it may tell only once.
/// </summary>
/// <param name="told">Called when there is a signal, on the thread that reads from the server.</param>
/// <param name="isWanted">Which signals are worth a call; null for all.</param>
internal sealed class FolderSignals(Action told, Predicate<FolderSignal>? isWanted = null)
{
    private readonly object _lock = new();
    private HashSet<uint> _vanished = [];
    private IMailFolder? _folder;
    private bool _isTold;
    private bool _isOpened;
    private bool _isCounted;
    private bool _isExpunged;
    private bool _isChanged;

    /// <summary>True when the folder is worth a look.</summary>
    public bool IsTold
    {
        get
        {
            lock (_lock) return _isTold;
        }
    }

    /// <summary>True while messages are fetched: what comes without the size that was asked for was not asked for.</summary>
    public bool IsReading { get; set; }

    /// <summary>Listens to a folder, which is another object with each connection.</summary>
    public void Attach(IMailFolder folder)
    {
        if (ReferenceEquals(_folder, folder)) return;

        _folder = folder;
        folder.Opened += (_, _) => Note(() => _isOpened = true);
        folder.MessagesVanished += (_, vanished) =>
        {
            // What went earlier is an answer to a question.
            if (!vanished.Earlier) Note(() => _vanished.UnionWith(UidSets.Of(vanished.UniqueIds)));
        };
        folder.MessageExpunged += (_, _) => Note(() => _isExpunged = true);
        folder.MessageFlagsChanged += (_, _) => NoteChange();
        folder.MessageLabelsChanged += (_, _) => NoteChange();
        folder.MessageSummaryFetched += (_, fetched) =>
        {
            if (IsReading && fetched.Message is { Flags: not null, Size: null }) NoteChange();
        };
        folder.CountChanged += (_, _) => Note(() => _isCounted = true);
        folder.UidNextChanged += (_, _) => Note(() => _isCounted = true);
        folder.UnreadChanged += (_, _) => Note();
        folder.HighestModSeqChanged += (_, _) =>
        {
            // Of an open folder the server says what changed.
            if (!folder.IsOpen) Note();
        };
        folder.UidValidityChanged += (_, _) => Note();
        Note(() => _isOpened = folder.IsOpen);
    }

    /// <summary>Says that messages may have other flags.</summary>
    public void NoteChange() => Note(() => _isChanged = true);

    /// <summary>Says that the folder is worth a look.</summary>
    public void Note(Action? note = null)
    {
        lock (_lock)
        {
            note?.Invoke();
            _isTold |= isWanted is null || isWanted(Current());
            if (!_isTold) return;
        }

        told();
    }

    /// <summary>Gives back what was taken for a look that did not look into it.</summary>
    public void Return(FolderSignal signal) => Note(() =>
    {
        _isOpened |= signal.IsOpened;
        _isCounted |= signal.IsCounted;
        _isExpunged |= signal.IsExpunged;
        _isChanged |= signal.IsChanged;
        _vanished.UnionWith(signal.Vanished);
    });

    /// <summary>Takes what there is, right before the look that it causes; it is given out once.</summary>
    public FolderSignal Take()
    {
        lock (_lock)
        {
            FolderSignal signal = Current();
            _vanished = [];
            _isTold = _isOpened = _isCounted = _isExpunged = _isChanged = false;
            return signal;
        }
    }

    private FolderSignal Current() => new(_isOpened, _isCounted, _isExpunged, _isChanged, _vanished);
}

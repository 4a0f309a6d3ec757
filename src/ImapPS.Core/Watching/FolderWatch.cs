using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Watching;

/// <summary>
/// A watch over folders, on a connection that nothing else uses. The last folder stays open and is listened to; the server tells of the
/// others with NOTIFY (RFC 5465), or is asked for their STATUS. What it tells only wakes the watch, which then compares the folder with
/// what was told of it: the same after a second as after a day without a connection.
/// </summary>
internal sealed class FolderWatch
{
    /// <summary>How often a server that tells of other folders is asked all the same.</summary>
    private static readonly TimeSpan _longestTrust = TimeSpan.FromMinutes(8.5);

    private readonly MailboxAccess _mailbox;
    private readonly IReadOnlyCollection<ImapFolderEventKind> _kinds;
    private readonly FolderListener _listener;
    private readonly WatchConnection _connection;
    private readonly FolderLook _look;
    private readonly TimeSpan _poll;
    private readonly List<WatchedFolder> _folders;
    private readonly Stopwatch _sinceAsked = Stopwatch.StartNew();

    /// <param name="mailbox">The account, on that connection.</param>
    /// <param name="folders">What is known of the folders.</param>
    /// <param name="kinds">Which events are wanted.</param>
    /// <param name="poll">How often to ask, also a server that would tell by itself; null for what is usual.</param>
    public FolderWatch(MailboxAccess mailbox, IEnumerable<FolderState> folders, IReadOnlyCollection<ImapFolderEventKind> kinds,
        TimeSpan? poll)
    {
        _mailbox = mailbox;
        _kinds = kinds;
        _listener = new FolderListener(mailbox, poll);
        _poll = poll ?? UsualPoll;
        _folders = [.. folders.Select(state => new WatchedFolder(state, _listener.Hear()))];
        _connection = new WatchConnection(mailbox, _folders);
        _look = new FolderLook(mailbox, _connection, kinds);
        mailbox.Session.Prepare = async (client, abort) =>
        {
            await _connection.PrepareAsync(client, abort).ConfigureAwait(false);

            // Nobody told of what happened before this connection, in the folders that were looked into on the last one, too.
            NoteOthers();
        };
    }

    /// <summary>How often a server that does not tell of other folders is asked for them.</summary>
    public static TimeSpan UsualPoll { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The folders that are still watched. The last one is the one that stays open, so it is looked into last.</summary>
    public IReadOnlyList<WatchedFolder> Folders => _folders;

    /// <summary>The folder that stays open; null when none is left.</summary>
    public WatchedFolder? Home => _folders.Count == 0 ? null : _folders[_folders.Count - 1];

    /// <summary>How often the folders that are not listened to are asked for.</summary>
    private TimeSpan Interval => _connection.IsNotified ? _longestTrust : _poll;

    /// <summary>Watches a folder no more.</summary>
    public void Leave(WatchedFolder folder) => _folders.Remove(folder);

    /// <summary>Waits until there is something to look for, or for one turn.</summary>
    /// <param name="longest">How long to wait at the most; zero only asks the server for what it has not told yet.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (Home is not { } home) return;

        bool isAlone = _folders.Count == 1;
        TimeSpan untilAsked = Interval - _sinceAsked.Elapsed;
        TimeSpan? wait = longest <= TimeSpan.Zero || isAlone || longest < untilAsked ? longest
            : untilAsked > TimeSpan.Zero ? untilAsked
            : null;
        bool IsTold() => _folders.Exists(watched => watched.Signals.IsTold);
        await _listener.WaitAsync(home.Path, home.State.UidValidity, home.Signals, wait, IsTold, cancellationToken).ConfigureAwait(false);
        if (longest > TimeSpan.Zero && _sinceAsked.Elapsed < Interval) return;

        NoteOthers();
        _sinceAsked.Restart();
    }

    /// <summary>Looks for what is new in a folder, if there may be anything.</summary>
    public async IAsyncEnumerable<ImapFolderEvent> LookAsync(WatchedFolder folder,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await IsDueAsync(folder, cancellationToken).ConfigureAwait(false)) yield break;

        FolderState state = folder.State;
        FolderDifference difference = await _look.CompareAsync(folder, cancellationToken).ConfigureAwait(false);
        foreach (uint uid in difference.Gone)
        {
            state.Remove(uid);
            yield return Event(ImapFolderEventKind.Expunged, state, uid);
        }

        foreach (FlagsOfMessage message in difference.Changed)
        {
            if (state.Note(message.Uid, message.Flags, message.Keywords))
            {
                yield return Event(ImapFolderEventKind.FlagsChanged, state, message.Uid, message.Flags, message.Keywords);
            }
        }

        if (_kinds.Contains(ImapFolderEventKind.Arrived))
        {
            await foreach (ImapMessage message in ReadAsync(folder, difference.Arrived, cancellationToken).ConfigureAwait(false))
            {
                yield return Event(ImapFolderEventKind.Arrived, state, message.Uid, message.Flags, message.Keywords, message);
            }
        }
        else
        {
            foreach (uint uid in difference.Arrived) state.Add(uid);
        }

        foreach (uint uid in difference.Unread) state.Add(uid);
        Settle(folder, difference);
    }

    /// <summary>The messages that came. Each is noted before it is given out, so that it is given out once.</summary>
    private async IAsyncEnumerable<ImapMessage> ReadAsync(WatchedFolder folder, IReadOnlyList<uint> arrived,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FolderState state = folder.State;
        var reader = new MessageReader(_mailbox);
        var found = new SearchResult(state.Path, state.UidValidity, arrived);
        folder.Signals.IsReading = true;
        try
        {
            await foreach (MessageWindow window in reader.ReadAsync(found, cancellationToken).ConfigureAwait(false))
            {
                foreach (ImapMessage message in window.Messages)
                {
                    state.Add(message.Uid);
                    state.Note(message.Uid, message.Flags, message.Keywords);
                    message.IsAwaited = true;
                    yield return message;
                }

                state.Pass(UidSets.After(window.Asked[window.Asked.Count - 1]));
            }
        }
        finally
        {
            folder.Signals.IsReading = false;
        }
    }

    private void Settle(WatchedFolder folder, FolderDifference difference)
    {
        FolderState state = folder.State;
        if (difference.ModSeq > 0) state.Advance(difference.ModSeq, difference.Opened?.HighestModSeq);
        if (difference.Opened is { } opened)
        {
            state.Figures = opened;
            state.Pass(opened.UidNext ?? 0);
        }

        if (difference.Forgotten.Count > 0)
        {
            state.Forget(difference.Forgotten, difference.Opened!.Count);
            string left = DisplayText.Printable(state.Path);
            _mailbox.Caller.Warning($"The server no longer knows which messages left '{left}' while the watch was not listening.");
        }

        if (difference.Present is { } present) state.Keep(present);
        if (difference.IsPartial) folder.Signals.NoteChange();

        // What happened between the last word of the server about a folder and its closing, only a question brings to light.
        if (_connection.IsNotified && !ReferenceEquals(folder, Home)) folder.Signals.Note();
    }

    private async Task<bool> IsDueAsync(WatchedFolder folder, CancellationToken cancellationToken)
    {
        if (!folder.State.IsBegun) return true;
        if (ReferenceEquals(folder, Home)) return folder.Signals.IsTold;
        if (!folder.Signals.IsTold) return false;

        return await _mailbox.RunAsync(
            async (client, abort) =>
            {
                IMailFolder asked = await MailboxAccess.FindAsync(client, folder.Path, abort).ConfigureAwait(false);
                if (ReferenceEquals(_mailbox.Session.Selected, asked)) return true;

                bool hasModSeqs = client.Capabilities.HasFlag(ImapCapabilities.CondStore);
                await MailboxAccess.OnFolderAsync(client, asked, () => asked.StatusAsync(FolderStatus.Items(hasModSeqs), abort), abort)
                    .ConfigureAwait(false);

                // The look is the comparison of the figures. What was told while the server answered is in them; MailKit tells of them even
                // when they are the same.
                FolderSignal told = folder.Signals.Take();

                // Flags that no modification sequence betrays can only be compared.
                bool isDue = told.IsChanged || FolderStatus.Of(asked) != folder.State.Figures
                    || (!hasModSeqs && _kinds.Contains(ImapFolderEventKind.FlagsChanged));
                if (isDue) folder.Signals.Return(told);
                return isDue;
            },
            cancellationToken, folder.Path).ConfigureAwait(false);
    }

    /// <summary>Notes that the folders which are not listened to are worth a question.</summary>
    private void NoteOthers()
    {
        foreach (WatchedFolder other in _folders.Where(folder => !ReferenceEquals(folder, Home))) other.Signals.Note();
    }

    private ImapFolderEvent Event(ImapFolderEventKind kind, FolderState state, uint uid, ImapMessageFlags flags = default,
        ImapList<string>? keywords = null, ImapMessage? message = null) =>
        new()
        {
            SessionId = _mailbox.SessionId,
            Time = DateTimeOffset.Now,
            Kind = kind,
            Folder = state.Path,
            UidValidity = state.UidValidity,
            Uid = uid,
            Flags = flags,
            Keywords = keywords ?? ImapList<string>.Empty,
            Message = message,
        };
}

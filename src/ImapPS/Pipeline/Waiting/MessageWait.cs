using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Reading;
using ImapPS.Search;
using ImapPS.Sessions;
using ImapPS.Watching;

namespace ImapPS.Pipeline.Waiting;

/// <summary>
/// Waits in a folder for messages that meet criteria. It looks once on the session's connection; then a connection of its own
/// listens, so that the session stays free for what comes after it in the pipeline.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="target">What is looked for, and where.</param>
/// <param name="writer">Who waits.</param>
internal sealed class MessageWait(SessionConnection session, WaitTarget target, PipelineWriter writer)
{
    /// <summary>How many UIDs before the first look an index may lag behind.</summary>
    private const uint Recent = 50;

    private readonly HashSet<uint> _taken = [];
    private readonly HashSet<uint> _rejected = [];
    private uint? _uidValidity = target.Folder.UidValidity;
    private readonly SecondLooks _again = new();
    private uint _arrivals;
    private uint _next;

    /// <summary>What became of each message that matched: true when no more are wanted at all.</summary>
    public required Func<ImapMessage, Task<bool>> Take { get; init; }

    /// <summary>True when nothing that may still come is wanted.</summary>
    public required Func<bool> IsEnough { get; init; }

    /// <summary>How many messages are waited for, in words.</summary>
    public required string Wanted { get; init; }

    /// <summary>The UIDs of those that matched.</summary>
    public IReadOnlyCollection<uint> Taken => _taken;

    /// <summary>How many messages match, as far as that is known.</summary>
    public int Found { get; private set; }

    /// <summary>True when there may be more of them than that: the looking ended before all were compared.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Those that match, were read, and are not wanted any more.</summary>
    public IReadOnlyList<ImapMessage> Surplus { get; private set; } = [];

    /// <summary>Waits until there is enough, or the time is up.</summary>
    /// <param name="timeout">How long; zero is one look.</param>
    /// <param name="poll">How often to ask the server, or null.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task RunAsync(TimeSpan timeout, TimeSpan? poll, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        if (await LookAsync(new MailboxAccess(session, writer), LookScope.All, refresh: true, cancellationToken).ConfigureAwait(false)
            || timeout <= TimeSpan.Zero)
        {
            return;
        }

        string folder = DisplayText.Printable(target.Folder.Path);
        string words = target.Words.Length == 0 ? "Any message" : target.Words;
        var progress = new WaitProgress(writer, $"Waiting in '{folder}' for {Wanted}", () =>
            $"{words} ({DisplayText.Count(_taken.Count, "message")} so far)");
        await progress.DuringAsync(timeout, () => clock.Elapsed, () => OwnConnection.RunAsync(
            session,
            timeout - clock.Elapsed,
            writer,
            mailbox =>
            {
                writer.Verbose(string.Format(CultureInfo.CurrentCulture, "Waiting in '{0}' for up to {1:N0} s.",
                    folder, timeout.TotalSeconds));
                return ListenAsync(mailbox, poll, () => timeout - clock.Elapsed, cancellationToken);
            },
            cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes messages that match.</summary>
    /// <returns>True when there is enough, or one of them is too many.</returns>
    public async Task<bool> TakeAsync(IReadOnlyList<ImapMessage> matching)
    {
        Found += matching.Count;
        for (int i = 0; i < matching.Count; i++)
        {
            ImapMessage message = matching[i];
            _rejected.Remove(message.Uid);
            _taken.Add(message.Uid);
            message.IsAwaited = true;
            session.News.Note();
            if (!await Take(message).ConfigureAwait(false)) continue;

            Surplus = [.. matching.Skip(i + 1)];
            return true;
        }

        return false;
    }

    /// <returns>True when there is enough.</returns>
    private Task<bool> ListenAsync(MailboxAccess mailbox, TimeSpan? poll, Func<TimeSpan> timeLeft, CancellationToken cancellationToken)
    {
        var listener = new FolderListener(mailbox, poll);
        FolderSignals signals = listener.Hear(IsWanted);
        var loop = new ListeningLoop
        {
            TimeLeft = timeLeft,
            LookAsync = stop => LookAsync(mailbox, signals.Take(), stop),
            LookLastAsync = stop => LookAsync(mailbox, LookScope.Last, refresh: false, stop),
            ListenAsync = (left, stop) => listener.WaitAsync(
                target.Folder.Path, _uidValidity, signals, _again.UntilDue < left ? _again.UntilDue : left, () => signals.IsTold, stop),
            TellLoss = (lost, _) => writer.Verbose($"{lost.Message} The wait continues."),
            Pause = mailbox.Session.RetryDelay,
        };
        return loop.RunAsync(cancellationToken);
    }

    /// <summary>True when the messages that were there are to be judged again: they have changed, or nobody listened for a while.</summary>
    private bool IsAboutAll(FolderSignal signal) => signal.IsOpened || (signal.IsChanged && target.Matcher.Criteria.CanChange);

    private bool IsWanted(FolderSignal signal) => signal.IsCounted || IsAboutAll(signal);

    private async Task<bool> LookAsync(MailboxAccess mailbox, FolderSignal signal, CancellationToken cancellationToken)
    {
        bool isAgain = _again.Take();
        LookScope? scope = IsAboutAll(signal) ? LookScope.All : IsWanted(signal) ? LookScope.Arrived : isAgain ? LookScope.Again : null;
        if (scope is not { } wanted) return false;

        if (wanted != LookScope.Again) _again.Begin();
        return await LookAsync(mailbox, wanted, refresh: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Looks for messages that have not been judged yet. It asks the server which messages match, where a watch asks what has changed:
    /// one SEARCH, and only what matches is read.
    /// </summary>
    /// <param name="mailbox">The account, on the connection that looks.</param>
    /// <param name="scope">Which messages it looks at.</param>
    /// <param name="refresh">Whether the server is asked for news before.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <returns>True when there is enough.</returns>
    private async Task<bool> LookAsync(MailboxAccess mailbox, LookScope scope, bool refresh, CancellationToken cancellationToken)
    {
        if (_arrivals == 0) scope = LookScope.All;
        if (scope == LookScope.All) _rejected.Clear();
        SearchResult found = await FindAsync(mailbox, scope, refresh, cancellationToken).ConfigureAwait(false);
        _uidValidity = found.UidValidity;
        if (_arrivals == 0) _next = _arrivals = found.UidNext ?? 1;

        // What only the module has compared may be the server's all the same: it looks at headers as they were sent.
        bool isJudged = found.Server.Answers;
        if (!isJudged && found.Uids.Count > 0) _next = found.Uids[found.Uids.Count - 1] + 1;

        found = found with
        {
            Uids = [.. found.Uids.Where(uid => uid >= target.First && !_taken.Contains(uid) && !_rejected.Contains(uid))],
        };
        int judged = 0;
        await foreach (MessageWindow window in new MessageReader(mailbox, target.Matcher.Items)
            .ReadAsync(found, cancellationToken).ConfigureAwait(false))
        {
            IReadOnlyList<ImapMessage> matching =
                await target.Matcher.MatchAsync(window.Messages, found.Server, mailbox, writer, cancellationToken).ConfigureAwait(false);
            if (isJudged) _rejected.UnionWith(window.Messages.Select(message => message.Uid));
            judged += window.Asked.Count;
            if (!await TakeAsync(matching).ConfigureAwait(false)) continue;

            Leave(found.Uids.Count - judged, target.Matcher.Filter is null && found.IsExact);
            return true;
        }

        return IsEnough();
    }

    private Task<SearchResult> FindAsync(MailboxAccess mailbox, LookScope scope, bool refresh, CancellationToken cancellationToken)
    {
        MessageCriteria criteria = target.Matcher.Criteria;
        string path = target.Folder.Path;
        if (scope == LookScope.Arrived)
        {
            uint next = Math.Max(target.First, _next);
            return new ArrivalSearch(mailbox, criteria).RunAsync(path, next, _uidValidity, cancellationToken);
        }

        uint first = scope == LookScope.Again ? Math.Max(target.First, _arrivals > Recent ? _arrivals - Recent : 1) : target.First;
        if (first > 1) criteria = criteria.And(new ArrivalCriterion("After", first));
        return new MessageSearch(mailbox, criteria, ListingOrder.Arrival) { Refresh = refresh }
            .RunAsync(path, among: null, _uidValidity, cancellationToken);
    }

    /// <summary>
    /// The rest of what the search found is not looked at. Where the server's word is all that counts, its number is known.
    /// </summary>
    private void Leave(int left, bool isExact)
    {
        if (isExact) Found += left;
        else IsCut = left > 0;
    }
}

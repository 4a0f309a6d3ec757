using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Waiting;
using ImapPS.Reading;
using ImapPS.Search;

namespace ImapPS.Pipeline.Listing;

/// <summary>
/// Says why what was expected is not there: how many messages came, and what the closest of them lack, or the last where none is closer.
/// </summary>
internal sealed class MatchReport(MailboxAccess mailbox, WaitTarget target, PipelineWriter writer)
{
    private const int MostCompared = 50;
    private const int MostRead = 10;
    private const int MostShown = 3;

    /// <summary>Also where a console makes one line of them.</summary>
    private const string Bullet = "\n  - ";

    /// <summary>Messages that meet all criteria after all, now that they are looked at one by one.</summary>
    public IReadOnlyList<ImapMessage> Matching { get; private set; } = [];

    /// <param name="matched">The UIDs of the messages that matched.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <returns>Such as: 2 arrived, 0 matched. Closest: UID 42 'Welcome' — Subject is not like '*Confirm*'; To, After matched.</returns>
    public async Task<string> WriteAsync(IReadOnlyCollection<uint> matched, CancellationToken cancellationToken)
    {
        IReadOnlyList<Criterion> line = target.First > 1
            ? [new ArrivalCriterion("After", target.First)]
            : [.. target.Matcher.Criteria.All.Where(criterion => criterion.Parameter == "After")];
        SearchResult found = await SearchAsync(new MessageCriteria(line), among: null, cancellationToken).ConfigureAwait(false);
        List<ImapMessage> newest =
            await ReadAsync(found with { Uids = [.. found.Uids.Skip(found.Uids.Count - MostCompared)] }, cancellationToken)
            .ConfigureAwait(false);
        List<ImapMessage> candidates = [.. newest.Where(message => line.All(criterion => criterion.IsMatch(message, found.Server)))];
        int count = found.Uids.Count - newest.Count + candidates.Count;
        candidates.RemoveAll(message => matched.Contains(message.Uid));

        var report = new StringBuilder();
        report.AppendFormat(CultureInfo.InvariantCulture, target.IsMarked
            ? "{0:N0} arrived, {1:N0} matched."
            : "{2}, {1:N0} matched.", count, matched.Count, Models.DisplayText.Count(count, "message"));
        (List<NearMiss> closest, bool areAlike) = await CompareAsync(candidates, found, cancellationToken).ConfigureAwait(false);
        if (closest.Count == 0) return report.ToString();

        report.Append(areAlike ? " Last messages:" : " Closest:");
        string separator = closest.Count == 1 ? " " : Bullet;
        foreach (NearMiss miss in closest) report.Append(separator).Append(miss.Describe(target.IsMarked));
        return report.ToString();
    }

    /// <summary>Names messages, as one names them that should not be there.</summary>
    /// <param name="messages">Some of them.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="isCut">True when there may be more than that.</param>
    public static string List(IReadOnlyList<ImapMessage> messages, int count, bool isCut)
    {
        List<string> shown = [.. messages.Take(MostShown).Select(message => string.Format(
            CultureInfo.InvariantCulture,
            "UID {0} {1}, from {2}, received {3:yyyy-MM-dd HH:mm:ss zzz}",
            message.Uid,
            Quoted.Text(message.Subject),
            Quoted.Text(string.Join(", ", message.From)),
            message.Received))];
        if (isCut) shown.Add("… and more");
        else if (count > shown.Count) shown.Add(string.Format(CultureInfo.InvariantCulture, "… and {0:N0} more", count - shown.Count));

        return shown.Count == 1 ? shown[0] : Bullet + string.Join(Bullet, shown);
    }

    /// <returns>The closest few; and true when there are several, and all are as close: then these are the last.</returns>
    private async Task<(List<NearMiss> Closest, bool AreAlike)> CompareAsync(List<ImapMessage> candidates,
        SearchResult found, CancellationToken cancellationToken)
    {
        List<NearMiss> misses = [.. candidates.Select(message => new NearMiss(message))];
        if (misses.Count == 0) return (misses, false);

        IReadOnlyList<uint> uids = UidSets.Normalize(candidates.Select(message => message.Uid));
        foreach (Criterion criterion in target.Matcher.Criteria.All.Where(criterion => !criterion.NeedsContent))
        {
            HashSet<uint> met = criterion is FilterCriterion && target.Matcher.Filter is { } filter
                ? await writer.AskAsync<HashSet<uint>>(_ => [.. filter.Where(candidates).Select(message => message.Uid)], cancellationToken)
                    .ConfigureAwait(false)
                : await MeetingAsync(criterion, candidates, uids, cancellationToken).ConfigureAwait(false);
            foreach (NearMiss miss in misses) miss.Note(criterion, met.Contains(miss.Message.Uid), miss.Message);
        }

        List<NearMiss> read = [.. InOrder(misses).Take(MostRead)];
        bool areAlike = AreAlike(misses);
        List<Criterion> deep = [.. target.Matcher.Criteria.All.Where(criterion => criterion.NeedsContent)];
        if (deep.Count > 0)
        {
            await foreach (ImapMessageContent content in new ContentSource(mailbox)
                .ReadAsync(found.Folder, found.UidValidity, [.. read.Select(miss => miss.Message)], cancellationToken)
                .ConfigureAwait(false))
            {
                NearMiss miss = read.First(miss => miss.Message.Uid == content.Uid);
                foreach (Criterion criterion in deep) miss.Note(criterion, criterion.IsMatch(content, found.Server), content);
            }
        }

        Matching = [.. (deep.Count > 0 ? read : misses).Where(miss => miss.Failures == 0).Select(miss => miss.Message)
            .OrderBy(message => message.Uid)];
        return ([.. InOrder(read).Take(MostShown)], areAlike && AreAlike(read));
    }

    private static bool AreAlike(List<NearMiss> misses) => misses.Count > 1 && misses.TrueForAll(miss => miss.IsAsCloseAs(misses[0]));

    private static IOrderedEnumerable<NearMiss> InOrder(IEnumerable<NearMiss> misses) =>
        misses.OrderBy(miss => miss.Failures).ThenByDescending(miss => miss.Likeness).ThenByDescending(miss => miss.Message.Uid);

    private async Task<HashSet<uint>> MeetingAsync(Criterion criterion, List<ImapMessage> candidates,
        IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        SearchResult found = await SearchAsync(new MessageCriteria([criterion]), uids, cancellationToken).ConfigureAwait(false);
        HashSet<uint> met = [.. found.Uids];
        if (!criterion.IsExact(found.Server))
        {
            met.IntersectWith(candidates.Where(message => criterion.IsMatch(message, found.Server)).Select(message => message.Uid));
        }

        return met;
    }

    private Task<SearchResult> SearchAsync(MessageCriteria criteria, IReadOnlyList<uint>? among, CancellationToken cancellationToken) =>
        new MessageSearch(mailbox, criteria, ListingOrder.Arrival)
            .RunAsync(target.Folder.Path, among, target.Folder.UidValidity, cancellationToken);

    private async Task<List<ImapMessage>> ReadAsync(SearchResult found, CancellationToken cancellationToken)
    {
        List<ImapMessage> messages = [];
        await foreach (MessageWindow window in new MessageReader(mailbox, target.Matcher.Items)
            .ReadAsync(found, cancellationToken).ConfigureAwait(false))
        {
            messages.AddRange(window.Messages);
        }

        return messages;
    }

    /// <summary>A message that does not meet all criteria.</summary>
    private sealed class NearMiss(ImapMessage message)
    {
        private readonly List<string> _unmet = [];
        private readonly List<string> _met = [];

        public ImapMessage Message { get; } = message;

        public int Failures => _unmet.Count;

        /// <summary>How like it is to a message that meets the others.</summary>
        public double Likeness { get; private set; }

        public bool IsAsCloseAs(NearMiss other) => Failures == other.Failures && Likeness.Equals(other.Likeness);

        public void Note(Criterion criterion, bool isMet, ImapMessage compared)
        {
            if (!isMet)
            {
                _unmet.Add(criterion.Unmet(compared));
                Likeness += criterion.Likeness(compared);
            }
            else if (!_met.Contains(criterion.Parameter, StringComparer.Ordinal)) _met.Add(criterion.Parameter);
        }

        public string Describe(bool isMarked)
        {
            IEnumerable<string> met = isMarked ? _met.Where(parameter => parameter != "After").Append("After") : _met;
            string matched = string.Join(", ", met);
            return string.Format(CultureInfo.InvariantCulture, "UID {0} {1} — {2}{3}", Message.Uid,
                Quoted.Text(Message.Subject), string.Join("; ", _unmet), matched.Length == 0 ? string.Empty : $"; {matched} matched");
        }
    }
}

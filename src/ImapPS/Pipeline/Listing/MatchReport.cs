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

/// <summary>Says why what was expected is not there: how many messages came, and what the closest of them lack.</summary>
internal sealed class MatchReport(MailboxAccess mailbox, WaitTarget target, PipelineWriter writer)
{
    private const int MostCompared = 50;
    private const int MostRead = 10;
    private const int MostShown = 3;

    /// <summary>Also where a console makes one line of them.</summary>
    private const string Bullet = "\n  - ";

    /// <param name="matched">The UIDs of the messages that matched.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <returns>Such as: 2 arrived, 0 matched. Closest: UID 42 'Welcome' — Subject is not like '*Confirm*'; To, After matched.</returns>
    public async Task<string> WriteAsync(IReadOnlyCollection<uint> matched, CancellationToken cancellationToken)
    {
        IReadOnlyList<Criterion> line = target.First > 1 ? [new ArrivalCriterion("After", target.First)] : [.. target.Matcher.Criteria.All.Where(criterion => criterion.Parameter == "After")];
        SearchResult found = await SearchAsync(new MessageCriteria(line), among: null, cancellationToken).ConfigureAwait(false);
        List<ImapMessage> newest = await ReadAsync(found with { Uids = [.. found.Uids.Skip(found.Uids.Count - MostCompared)] }, cancellationToken).ConfigureAwait(false);
        List<ImapMessage> candidates = [.. newest.Where(message => line.All(criterion => criterion.IsMatch(message, found.Server)))];
        int count = found.Uids.Count - newest.Count + candidates.Count;
        candidates.RemoveAll(message => matched.Contains(message.Uid));

        var report = new StringBuilder();
        report.AppendFormat(CultureInfo.InvariantCulture, target.IsMarked ? "{0:N0} arrived, {1:N0} matched." : "{2}, {1:N0} matched.", count, matched.Count, Models.DisplayText.Count(count, "message"));
        List<NearMiss> closest = await CompareAsync(candidates, found, cancellationToken).ConfigureAwait(false);
        if (closest.Count == 0) return report.ToString();

        report.Append(" Closest:");
        string separator = closest.Count == 1 ? " " : Bullet;
        foreach (NearMiss miss in closest) report.Append(separator).Append(miss.Describe(target.IsMarked));
        return report.ToString();
    }

    /// <summary>Names messages, as one names them that should not be there.</summary>
    public static string List(IReadOnlyList<ImapMessage> messages)
    {
        IEnumerable<string> shown = messages.Take(MostShown).Select(message => string.Format(
            CultureInfo.InvariantCulture,
            "UID {0} {1}, from {2}, received {3:yyyy-MM-dd HH:mm:ss zzz}",
            message.Uid,
            Quoted.Text(message.Subject),
            Quoted.Text(string.Join(", ", message.From)),
            message.Received));
        return messages.Count == 1 ? shown.Single() : Bullet + string.Join(Bullet, shown);
    }

    private async Task<List<NearMiss>> CompareAsync(List<ImapMessage> candidates, SearchResult found, CancellationToken cancellationToken)
    {
        List<NearMiss> misses = [.. candidates.Select(message => new NearMiss(message))];
        if (misses.Count == 0) return misses;

        IReadOnlyList<uint> uids = UidSets.Normalize(candidates.Select(message => message.Uid));
        foreach (Criterion criterion in target.Matcher.Criteria.All.Where(criterion => !criterion.NeedsContent))
        {
            HashSet<uint> met = criterion is FilterCriterion && target.Matcher.Filter is { } filter
                ? await writer.AskAsync<HashSet<uint>>(_ => [.. filter.Where(candidates).Select(message => message.Uid)], cancellationToken).ConfigureAwait(false)
                : await MeetingAsync(criterion, candidates, uids, cancellationToken).ConfigureAwait(false);
            foreach (NearMiss miss in misses) miss.Note(criterion, met.Contains(miss.Message.Uid), miss.Message);
        }

        misses = [.. misses.OrderBy(miss => miss.Failures).ThenByDescending(miss => miss.Message.Uid).Take(MostRead)];
        List<Criterion> deep = [.. target.Matcher.Criteria.All.Where(criterion => criterion.NeedsContent)];
        if (deep.Count > 0)
        {
            await foreach (ImapMessageContent content in new ContentSource(mailbox).ReadAsync(found.Folder, found.UidValidity, [.. misses.Select(miss => miss.Message)], cancellationToken).ConfigureAwait(false))
            {
                NearMiss miss = misses.First(miss => miss.Message.Uid == content.Uid);
                foreach (Criterion criterion in deep) miss.Note(criterion, criterion.IsMatch(content, found.Server), content);
            }
        }

        return [.. misses.OrderBy(miss => miss.Failures).ThenByDescending(miss => miss.Message.Uid).Take(MostShown)];
    }

    private async Task<HashSet<uint>> MeetingAsync(Criterion criterion, List<ImapMessage> candidates, IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        SearchResult found = await SearchAsync(new MessageCriteria([criterion]), uids, cancellationToken).ConfigureAwait(false);
        HashSet<uint> met = [.. found.Uids];
        if (!criterion.IsExact(found.Server)) met.IntersectWith(candidates.Where(message => criterion.IsMatch(message, found.Server)).Select(message => message.Uid));
        return met;
    }

    private Task<SearchResult> SearchAsync(MessageCriteria criteria, IReadOnlyList<uint>? among, CancellationToken cancellationToken) =>
        new MessageSearch(mailbox, criteria, ListingOrder.Arrival).RunAsync(target.Folder.Path, among, target.Folder.UidValidity, cancellationToken);

    private async Task<List<ImapMessage>> ReadAsync(SearchResult found, CancellationToken cancellationToken)
    {
        List<ImapMessage> messages = [];
        await foreach (MessageWindow window in new MessageReader(mailbox, target.Matcher.Items).ReadAsync(found, cancellationToken).ConfigureAwait(false)) messages.AddRange(window.Messages);
        return messages;
    }

    /// <summary>A message that does not meet all criteria.</summary>
    private sealed class NearMiss(ImapMessage message)
    {
        private readonly List<string> _unmet = [];
        private readonly List<string> _met = [];

        public ImapMessage Message { get; } = message;

        public int Failures => _unmet.Count;

        public void Note(Criterion criterion, bool isMet, ImapMessage compared)
        {
            if (!isMet) _unmet.Add(criterion.Unmet(compared));
            else if (!_met.Contains(criterion.Parameter, StringComparer.Ordinal)) _met.Add(criterion.Parameter);
        }

        public string Describe(bool isMarked)
        {
            IEnumerable<string> met = isMarked ? _met.Where(parameter => parameter != "After").Append("After") : _met;
            string matched = string.Join(", ", met);
            return string.Format(CultureInfo.InvariantCulture, "UID {0} {1} — {2}{3}", Message.Uid, Quoted.Text(Message.Subject), string.Join("; ", _unmet), matched.Length == 0 ? string.Empty : $"; {matched} matched");
        }
    }
}

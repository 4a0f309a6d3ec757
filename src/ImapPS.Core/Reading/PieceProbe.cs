using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Search;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MimeKit;

namespace ImapPS.Reading;

/// <summary>
/// Finds out whether the server finds a text by a piece from within a word, as SEARCH is meant (RFC 9051, 6.4.4): it is asked for such a
/// piece of a message that is there. A full-text index knows whole words only, and some servers compare whole addresses.
/// </summary>
internal static class PieceProbe
{
    /// <summary>Old messages: what came just now, an index may not have.</summary>
    private const int MostRead = 10;

    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);
    private static readonly Regex _word = new("[A-Za-z]{5,40}", RegexOptions.CultureInvariant, _patience);
    private static readonly Regex _localPart = new("[A-Za-z]{4,40}(?=[^@\\s<>\"]*@)", RegexOptions.CultureInvariant, _patience);

    /// <summary>What was found out; the same limits when no message there could show it.</summary>
    public static async Task<SearchLimits> RunAsync(IMailFolder folder, SearchLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            var fields = new FetchRequest(MessageSummaryItems.UniqueId, [HeaderId.Subject, HeaderId.From]);
            IList<IMessageSummary> read = await folder.FetchAsync(0, Math.Min(folder.Count, MostRead) - 1, fields, cancellationToken)
                .ConfigureAwait(false);
            List<Sample> samples = [.. read.Where(message => message.Headers is not null && message.UniqueId.IsValid)
                .Select(message => new Sample(message.UniqueId, Piece(_word, message.Headers![HeaderId.Subject]),
                    Piece(_localPart, message.Headers![HeaderId.From])))
                .OrderByDescending(sample => (sample.Subject is null ? 0 : 1) + (sample.Address is null ? 0 : 1))];
            if (samples.FirstOrDefault() is not { } best || (best.Subject ?? best.Address) is null) return limits;

            bool? subjects = null;
            bool? addresses = null;
            SearchQuery? subject = best.Subject is { } piece ? SearchQuery.SubjectContains(piece) : null;
            SearchQuery? address = best.Address is { } part
                ? SearchQuery.FromContains(part).And(SearchQuery.HeaderContains("From", part)) : null;
            if (subject is not null && address is not null
                && await FindsAsync(folder, best.Uid, subject.And(address), cancellationToken).ConfigureAwait(false))
            {
                return limits.Prove(subjects: true, addresses: true);
            }

            if (subject is not null) subjects = await FindsAsync(folder, best.Uid, subject, cancellationToken).ConfigureAwait(false);
            if (address is not null)
            {
                addresses = subjects != true && await FindsAsync(folder, best.Uid, address, cancellationToken).ConfigureAwait(false);
            }

            return limits.Prove(subjects ?? addresses, addresses ?? subjects);
        }
        catch (ImapCommandException)
        {
            return limits;
        }
    }

    private static async Task<bool> FindsAsync(IMailFolder folder, UniqueId uid, SearchQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return (await folder.SearchAsync([uid], query, cancellationToken).ConfigureAwait(false)).Contains(uid);
        }
        catch (ImapCommandException)
        {
            return false;
        }
    }

    /// <summary>A word of a text without its first and last letter; null where there is none, or where it is encoded.</summary>
    private static string? Piece(Regex words, string? text)
    {
        if (text is null || text.Contains("=?")) return null;

        try
        {
            Match word = words.Match(text);
            return word.Success ? word.Value.Substring(1, word.Length - 2) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private sealed record Sample(UniqueId Uid, string? Subject, string? Address);
}

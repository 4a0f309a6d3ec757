using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Search;

/// <summary>What the server cannot compare exactly, compared on the message itself.</summary>
internal static class MessageMatcher
{
    /// <summary>True when the server's answer is the answer, so that no message need be looked at.</summary>
    public static bool ServerIsExact(MessageCriteria criteria, bool asciiOnly) =>
        criteria.Since is null
        && criteria.Before is null
        && criteria.From.Concat(criteria.To).Concat(criteria.Subject).All(text => IsServers(text, asciiOnly));

    public static bool IsMatch(MessageCriteria criteria, ImapMessage message, bool asciiOnly) =>
        (criteria.Since is not { } since || message.Received >= since)
        && (criteria.Before is not { } before || message.Received < before)
        && AnyOf(criteria.Subject, asciiOnly, () => [message.Subject])
        && AnyOf(criteria.From, asciiOnly, () => Forms(message.From))
        && AnyOf(criteria.To, asciiOnly, () => Forms(message.To));

    private static bool AnyOf(IReadOnlyList<TextCriterion> texts, bool asciiOnly, System.Func<IEnumerable<string>> forms)
    {
        // The server has looked for contained texts, in the header as it was sent, and its word stands. Only a choice that
        // mixes them with what the server cannot compare has to be looked at as a whole.
        if (texts.All(text => IsServers(text, asciiOnly))) return true;

        List<string> fields = [.. forms()];
        return texts.Any(text => text.IsMatch(fields));
    }

    private static bool IsServers(TextCriterion text, bool asciiOnly) =>
        text.Matches is null && !(asciiOnly && !LiteralPiece.IsAscii(text.Text));

    /// <summary>An address list as a wildcard may mean it: the whole field, and each address in full, alone and by name.</summary>
    private static IEnumerable<string> Forms(ReadOnlyCollection<ImapAddress> addresses)
    {
        yield return string.Join(", ", addresses.Select(address => address.ToString()));

        foreach (ImapAddress address in addresses)
        {
            yield return address.ToString();
            yield return address.Address;
            yield return address.Name;
        }
    }
}

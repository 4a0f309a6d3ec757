using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace ImapPS.Errors;

/// <summary>
/// Tells "not now" from "no". The first has response codes (RFC 5530), which many servers leave out; then there are only their words.
/// </summary>
internal static class NotNow
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestDelay = TimeSpan.FromMinutes(5);

    private static readonly string[] _codes = ["UNAVAILABLE", "INUSE", "LIMIT", "THROTTLED"];

    /// <summary>Codes that say nothing about the reason: the words after them do.</summary>
    private static readonly string[] _neutral = ["ALERT", "CAPABILITY", "SERVERBUG", "REFERRAL", "WEBALERT"];

    private static readonly Regex _later = new(
        @"\btoo\smany\s(?:\w+\s){0,2}(?:connections?|sessions?|commands?|requests?|logins?)\b|\bmaximum\s(?:number\sof\s)?connections\b"
            + @"|\btry\s(?:it\s)?again\s(?:later|in\s)|\b(?:later|again)\s(?:please|shortly)\b|\btemporar(?:y|ily)\b|\bthrottl"
            + @"|\bbackoff\stime\b|\brate\s?limit|\b(?:server|service|backend|mailbox|system)\s(?:is\s)?(?:too\s|currently\s)?"
            + @"(?:busy|unavailable|overloaded|locked|in\suse)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        _patience);

    /// <summary>Of these, those that a connection which closes makes room for.</summary>
    private static readonly Regex _full = new(
        @"\btoo\smany\s(?:\w+\s){0,2}(?:connections?|sessions?|logins?)\b|\bmaximum\s(?:number\sof\s)?connections\b"
            + @"|\bconnection\slimit\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        _patience);

    /// <summary>A login that goes on failing makes these worse.</summary>
    private static readonly Regex _never = new(
        @"\b(?:password|passwd|credentials?|invalid|incorrect|suspended|disabled|blocked|deactivated|expired)\b"
            + @"|\baccount\s(?:is\s|has\sbeen\s)?(?:temporarily\s)?locked\b|\bfail(?:ed|ures?)\s(?:login|attempt|authentication)"
            + @"|\b(?:login|logon|authentication)\s(?:attempts|failures)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        _patience);

    private static readonly Regex _suggested = new(
        @"\bbackoff\stime:?\s*(?<number>\d{1,9})\s*(?<unit>milliseconds?|ms|seconds?|s)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        _patience);

    /// <summary>True when a refusal may be gone in a while.</summary>
    /// <param name="codes">The response codes of the refusal.</param>
    /// <param name="words">The server's words.</param>
    public static bool Is(IEnumerable<string> codes, string words)
    {
        string[] said = [.. codes.Except(_neutral, StringComparer.OrdinalIgnoreCase)];
        return said.Length > 0 ? said.Intersect(_codes, StringComparer.OrdinalIgnoreCase).Any() : Says(_later, words)
            && !Says(_never, words);
    }

    /// <summary>True when the server's last words, with their response code if they have one, mean that it is to be tried later.</summary>
    public static bool Is(string? farewell)
    {
        if (farewell is null) return false;

        ServerWords words = ServerWords.Read(farewell);
        return Is(words.Code is { } code ? [code] : [], words.Text);
    }

    /// <summary>True when the server has as many connections as it takes.</summary>
    public static bool IsLimit(string words) => Says(_full, words);

    /// <summary>How long the server asks to be left alone, at most five minutes.</summary>
    public static TimeSpan Suggested(string words)
    {
        try
        {
            Match found = _suggested.Match(words);
            if (!found.Success) return TimeSpan.Zero;

            double number = double.Parse(found.Groups["number"].Value, CultureInfo.InvariantCulture);
            TimeSpan delay = found.Groups["unit"].Value.StartsWith("m", StringComparison.OrdinalIgnoreCase)
                ? TimeSpan.FromMilliseconds(number)
                : TimeSpan.FromSeconds(number);
            return delay < _longestDelay ? delay : _longestDelay;
        }
        catch (RegexMatchTimeoutException)
        {
            return TimeSpan.Zero;
        }
    }

    private static bool Says(Regex what, string words)
    {
        try
        {
            return what.IsMatch(words);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}

using System;
using System.Globalization;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <summary>The module's own errors, worded in one place.</summary>
internal static partial class Failures
{
    public static ImapException Contradiction(string parameter, string other) =>
        ArgumentInvalid($"-{parameter} and -{other} contradict each other.", "Give one of them.");

    /// <summary>A failure in other words, without what it was caused by.</summary>
    public static ImapException Reworded(ImapException failure, Func<string, string> words) =>
        new(failure.Id, words(failure.Message), words(failure.RecommendedAction), failure.Target);

    public static ImapException Exclusion(string parameter, string other) =>
        ArgumentInvalid($"-{parameter} and -{other} exclude each other.", "Give one of them. Use Sort-Object to sort the output.");

    public static ImapException NoSuchAge(TimeSpan newer, TimeSpan older) =>
        FilterInvalid(
            $"-NewerThan and -OlderThan exclude each other. No message was received within {Days(newer)} and more "
                + $"than {Days(older)} ago.",
            $"For messages in between, give the longer time to -NewerThan: -NewerThan {Days(older)} -OlderThan {Days(newer)}.");

    public static ImapException NotSupported(string what, string extension, string action) =>
        new(ImapErrorId.NotSupportedByServer, $"The server cannot {what}: it does not offer {extension}.", action, extension);

    /// <summary>What only the server can tell, and it refuses.</summary>
    public static ImapException SearchRefused(string parameter) => new(
        ImapErrorId.NotSupportedByServer,
        $"The server refuses to search for -{parameter}.",
        "Leave the parameter out, and filter what Get-ImapMessageContent returns.",
        parameter);

    /// <summary>Search keys in the caller's own words that the server cannot read.</summary>
    public static ImapException QueryInvalid(string query, string answer, Exception inner) => new(
        ImapErrorId.ArgumentInvalid,
        $"The server does not understand the search '{DisplayText.Printable(query)}': {DisplayText.Printable(answer)}",
        "Write search keys as in RFC 9051, 6.4.4, such as: UNSEEN SINCE 1-Jan-2026 OR FROM a FROM b.",
        query,
        inner);

    public static ImapException FilterInvalid(string message, string action, object? target = null) =>
        new(ImapErrorId.FilterInvalid, message, action, target);

    public static ImapException ArgumentInvalid(string message, string action, object? target = null) =>
        new(ImapErrorId.ArgumentInvalid, message, action, target);

    public static ImapException SearchCharsetUnsupported(string parameter, string text) =>
        new(ImapErrorId.SearchCharsetUnsupported,
            $"The server searches only in ASCII, and cannot search for -{parameter} '{DisplayText.Printable(text)}'.",
            "Search for ASCII text, or read the messages with -Include Body and compare them in PowerShell.",
            text);

    /// <summary>A time as -NewerThan takes it: 3d, or 1.12:00:00.</summary>
    private static string Days(TimeSpan span) => span.Ticks % TimeSpan.TicksPerDay == 0
        ? $"{Number(span.Days)}d"
        : span.ToString("c", CultureInfo.InvariantCulture);

    private static string Within(int seconds) => seconds > 0 ? $" within {DisplayText.Count(seconds, "second")}" : string.Empty;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

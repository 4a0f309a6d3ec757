using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// What Tab offers. A name comes from a server, where others may have chosen it: on the command line it is one argument, whose value
/// is that name, or it is not offered.
/// </summary>
internal static class Candidate
{
    private const string SingleQuotes = "'\u2018\u2019\u201a\u201b";
    private const string DoubleQuotes = "\"\u201c\u201d\u201e";

    /// <summary>What needs no quotes. It begins with a letter, so that it is no parameter, no number and no home directory.</summary>
    private static readonly Regex _bare = new(@"\A[\p{L}_][\w./-]*\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>What was typed so far, without its quotes. PowerShell hands over the value between the quotes, escapes resolved.</summary>
    public static string Typed(string? word)
    {
        if (string.IsNullOrEmpty(word)) return string.Empty;

        return Quote(word!) is not { } quote ? word! : word!.Length > 1 && IsIn(word[word.Length - 1], quote)
            ? word.Substring(1, word.Length - 2) : word.Substring(1);
    }

    /// <summary>True when the name goes on from what was typed, whether or not its wildcards were escaped.</summary>
    public static bool StartsWith(string candidate, string? word)
    {
        string typed = Typed(word);
        return candidate.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
            || candidate.StartsWith(WildcardPattern.Unescape(typed), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The name as one argument, in the quotes that were typed; null for one that is not safe to show.</summary>
    /// <param name="value">The name.</param>
    /// <param name="toolTip">What is told of it.</param>
    /// <param name="word">What was typed so far.</param>
    /// <param name="isPattern">Whether the parameter takes wildcards, of which a name has none.</param>
    public static CompletionResult? Of(string value, string toolTip, string? word, bool isPattern = false)
    {
        if (value.Length == 0 || !VisibleText.IsAllSeen(value)) return null;

        string argument = isPattern ? WildcardPattern.Escape(value) : value;
        return new CompletionResult(Quoted(argument, Quote(word)), value, CompletionResultType.ParameterValue,
            DisplayText.Printable(toolTip));
    }

    private static string Quoted(string argument, string? typed) =>
        typed == DoubleQuotes ? "\"" + string.Concat(argument.Select(EscapedInDoubleQuotes)) + "\""
        : typed is null && _bare.IsMatch(argument) ? argument
        : "'" + CodeGeneration.EscapeSingleQuotedStringContent(argument) + "'";

    private static string EscapedInDoubleQuotes(char c) => c is '`' or '$' || IsIn(c, DoubleQuotes) ? "`" + c : c.ToString();

    /// <summary>The kind of quotes in which a word begins. PowerShell takes typographic quotes for plain ones.</summary>
    private static string? Quote(string? word) =>
        string.IsNullOrEmpty(word) ? null
        : IsIn(word![0], SingleQuotes) ? SingleQuotes
        : IsIn(word[0], DoubleQuotes) ? DoubleQuotes
        : null;

    private static bool IsIn(char c, string quotes) => quotes.IndexOf(c) >= 0;
}

using System;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Models;

namespace ImapPS.Completion;

/// <summary>One thing that Tab offers, quoted where the command line needs it.</summary>
internal static class Candidate
{
    private static readonly char[] _needQuotes = [' ', '\'', '"', '&', '|', ';', ',', '(', ')', '{', '}', '$', '`', '@', '#', '<', '>', '\u2018', '\u2019', '\u201c', '\u201d', '\u201e'];

    public static bool StartsWith(string candidate, string? word) =>
        candidate.StartsWith((word ?? string.Empty).Trim('\'', '"'), StringComparison.OrdinalIgnoreCase);

    public static CompletionResult Of(string value, string toolTip)
    {
        bool plain = value.Length > 0 && value.IndexOfAny(_needQuotes) < 0 && value[0] is not '-';
        string text = plain ? value : "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'";
        return new CompletionResult(text, Text.Printable(value), CompletionResultType.ParameterValue, Text.Printable(toolTip));
    }
}

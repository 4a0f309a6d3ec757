using System;
using System.Globalization;
using System.Text;

namespace ImapPS.Models;

/// <summary>
/// The two ways to write a domain that is not in ASCII (RFC 5890): münchen.example, and xn--mnchen-3ya.example. Mail has the one or the
/// other, and people look for either.
/// </summary>
internal static class DomainForms
{
    private const string Prefix = "xn--";
    private const int LongestLabel = 63;

    private static readonly IdnMapping _idn = new();

    /// <summary>True for a text that may hold a domain as servers write it.</summary>
    public static bool MayHoldAscii(string text) => text.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>The text with the domains in it as people read them.</summary>
    public static string ToUnicode(string text) =>
        MayHoldAscii(text)
            ? Labels(text, label => label.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase), _idn.GetUnicode)
            : text;

    /// <summary>The text with the domains in it as servers write them. In an address, that is what follows the @.</summary>
    public static string ToAscii(string text)
    {
        if (IsAscii(text)) return text;

        int domain = text.LastIndexOf('@') + 1;
        return text.Remove(domain) + Labels(text.Remove(0, domain), label => !IsAscii(label), label => _idn.GetAscii(label));
    }

    private static string Labels(string text, Predicate<string> isWanted, Func<string, string> convert)
    {
        var converted = new StringBuilder(text.Length + 8);
        for (int start = 0; start < text.Length;)
        {
            int end = start;
            while (end < text.Length && IsOfLabel(text[end])) end++;
            string label = text.Substring(start, end - start);
            converted.Append(label.Length is > 0 and <= LongestLabel && isWanted(label) ? Converted(label, convert) : label);
            if (end < text.Length) converted.Append(text[end]);
            start = end + 1;
        }

        return converted.ToString();
    }

    private static string Converted(string label, Func<string, string> convert)
    {
        try
        {
            return convert(label);
        }
        catch (ArgumentException)
        {
            // No label of a domain, whatever it looks like.
            return label;
        }
    }

    private static bool IsOfLabel(char c) => c == '-' || char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsAscii(string text)
    {
        foreach (char c in text)
        {
            if (c > '\u007f') return false;
        }

        return true;
    }
}

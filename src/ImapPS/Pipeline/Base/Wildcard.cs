using System;
using System.Management.Automation;
using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Pipeline.Base;

/// <summary>PowerShell's wildcards, for layers that know no PowerShell.</summary>
internal static class Wildcard
{
    // Mail is not written in the caller's culture: the Turkish i must not decide whether INVOICE is invoice.
    private const WildcardOptions Options = WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant;

    /// <summary>Matches folder paths; a path that is the pattern to the letter matches as well, since folders may be named [so].</summary>
    public static Predicate<string> Path(string pattern)
    {
        var wildcard = new WildcardPattern(pattern, Options);
        return path => wildcard.IsMatch(path) || string.Equals(path, pattern, StringComparison.Ordinal);
    }

    /// <summary>
    /// Matches file names and media types that any of the patterns matches; null, which is everything, when there are none. Only * and ?
    /// are wildcards.
    /// </summary>
    public static Predicate<string>? AnyOf(string[] patterns)
    {
        if (patterns.Length == 0) return null;

        WildcardPattern[] wildcards =
            Array.ConvertAll(patterns, pattern => new WildcardPattern(TextWildcard.WithoutSets(pattern), Options));
        return text => Array.Exists(wildcards, wildcard => wildcard.IsMatch(text));
    }

    /// <summary>True for a text that can match several, as <see cref="AnyOf"/> reads it.</summary>
    public static bool IsOne(string text) => text.IndexOf('*') >= 0 || text.IndexOf('?') >= 0;

    /// <summary>Somebody to search for: Name &lt;local-part@domain&gt;, as it is shown, is that address; anything else is a text.</summary>
    public static TextPattern Person(string text)
    {
        if (TextWildcard.IsWildcard(text) || ImapAddress.AddressIn(text) is not { } address) return Text(text);

        string readable = DomainForms.ToUnicode(address);
        return new TextPattern(address, form => string.Equals(DomainForms.ToUnicode(form), readable, StringComparison.OrdinalIgnoreCase))
        {
            Wildcard = WildcardPattern.Escape(readable),
        };
    }

    /// <summary>A text to search for: contained, or with a * in it a wildcard over the whole field.</summary>
    public static TextPattern Text(string text)
    {
        if (!TextWildcard.IsWildcard(text)) return new TextPattern(TextWildcard.Unescape(text), Matches: null);

        string wildcard = TextWildcard.WithoutSets(text);
        return new TextPattern(text, new WildcardPattern(wildcard, Options).IsMatch) { Wildcard = wildcard };
    }
}

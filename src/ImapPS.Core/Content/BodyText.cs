using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;

namespace ImapPS.Content;

/// <summary>One stretch of a message's text: the same in plain text and in HTML, or one of the two.</summary>
internal sealed class BodyText
{
    // "This message is in HTML, which your reader cannot show": said in many languages, with the one word in common.
    private const int LongestExcuse = 400;

    private static readonly Regex _excuse =
        new("\\bHTML\\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex _looksLikeHtml =
        new("^\\s{0,100}(?:<!doctype html|<html|<body)\\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>True for text that only its addressee can read (OpenPGP's armor).</summary>
    public bool IsEncrypted { get; set; }

    public List<string> Plain { get; } = [];

    public List<string> Html { get; } = [];

    /// <summary>All stretches of plain text.</summary>
    public static string PlainOf(IEnumerable<BodyText> body) => Join(body.SelectMany(text => text.Plain));

    public static string HtmlOf(IEnumerable<BodyText> body) => Join(body.SelectMany(text => text.Html));

    /// <summary>The best text of each stretch; and into the collection, the links of all.</summary>
    public static string Best(IReadOnlyList<BodyText> body, LinkCollection links, CancellationToken cancellationToken)
    {
        string[] rendered = [.. body.Select(text => Join(text.Html.Select(html => HtmlText.Render(html, links, cancellationToken))))];
        foreach (string plain in body.SelectMany(text => text.Plain)) links.AddFrom(plain);

        return Join(body.Select((text, i) => text.Best(rendered[i], cancellationToken)));
    }

    private string Best(string rendered, CancellationToken cancellationToken)
    {
        if (IsEncrypted) return string.Empty;

        string plain = Join(Plain);
        if (_looksLikeHtml.IsMatch(plain))
        {
            return rendered.Length > 0
                ? rendered
                : Models.DisplayText.Lines(HtmlText.Render(plain, new LinkCollection(), cancellationToken));
        }

        bool saysNothing = !plain.Any(char.IsLetterOrDigit)
            || (plain.Length < LongestExcuse && rendered.Length > plain.Length && _excuse.IsMatch(plain));
        return saysNothing && rendered.Length > 0 ? rendered : plain;
    }

    private static string Join(IEnumerable<string> texts) => string.Join("\n", texts.Where(text => text.Length > 0));
}

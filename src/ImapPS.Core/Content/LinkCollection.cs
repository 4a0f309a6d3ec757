using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Text.RegularExpressions;

namespace ImapPS.Content;

/// <summary>Where a message links to, each once, in order.</summary>
internal sealed class LinkCollection
{
    private const int LongestLink = 8_192;

    private static readonly string[] _schemes = ["http", "https", "ftp", "mailto", "tel"];

    // White space, quotes and brackets end an address, those of East Asian texts included, whose sentences have no spaces.
    private static readonly Regex _inText = new(
        """(?:\b(?:https?|ftp)://|\bmailto:|\btel:)[^\s<>"\u0000-\u001f“”„«»「」『』（）【】《》。，、；]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(10));

    private readonly List<Uri> _links = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private int _length;

    /// <summary>True when there were more than are kept.</summary>
    public bool IsTruncated { get; private set; }

    public ReadOnlyCollection<Uri> Links => _links.AsReadOnly();

    /// <summary>Adds one link, as an attribute has it; nothing but an absolute one to a place that a person would follow it to.</summary>
    public void Add(string target)
    {
        if (target.Length > LongestLink || !Uri.TryCreate(target.Trim(), UriKind.Absolute, out Uri? link)) return;
        if (!_schemes.Contains(link.Scheme, StringComparer.OrdinalIgnoreCase)) return;

        string address;
        try
        {
            address = link.AbsoluteUri;
        }
        catch (UriFormatException)
        {
            // .NET Framework looks at an international host name only now.
            return;
        }

        if (IsTruncated || !_known.Add(address)) return;

        _length += address.Length;
        if (_links.Count < ContentLimits.Links && _length <= ContentLimits.LinkLength) _links.Add(link);
        else IsTruncated = true;
    }

    /// <summary>Adds the addresses that stand in a text.</summary>
    public void AddFrom(string text)
    {
        if (text.IndexOf(':') < 0) return;

        foreach (Match match in _inText.Matches(text))
        {
            if (IsTruncated) return;
            if (match.Length <= LongestLink) Add(Trim(match.Value));
        }
    }

    /// <summary>A text with its addresses blotted out, so that no number in them is taken for anything else.</summary>
    public static string Blot(string line) => line.IndexOf(':') < 0 ? line : _inText.Replace(line, match => new string(' ', match.Length));

    /// <summary>The address without the punctuation of the sentence around it; a bracket that is opened in it belongs to it.</summary>
    private static string Trim(string address)
    {
        int end = address.Length;
        int round = Surplus(address, '(', ')');
        int square = Surplus(address, '[', ']');
        int curly = Surplus(address, '{', '}');
        while (end > 0)
        {
            bool isTrimmed = address[end - 1] switch
            {
                ')' => round-- > 0,
                ']' => square-- > 0,
                '}' => curly-- > 0,
                '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' or '|' or '…' => true,
                _ => false,
            };
            if (!isTrimmed) break;

            end--;
        }

        return address.Substring(0, end);
    }

    private static int Surplus(string address, char opening, char closing) =>
        address.Count(c => c == closing) - address.Count(c => c == opening);
}

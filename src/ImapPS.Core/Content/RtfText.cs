using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Threading;

namespace ImapPS.Content;

/// <summary>The text of rich text (RTF 1.9), without its looks.</summary>
internal sealed class RtfText
{
    private const int MostGroups = 1_000;

    private static readonly HashSet<string> _hidden =
    [
        "author", "colortbl", "colorschememapping", "company", "datastore", "filetbl", "fldinst", "footer", "footerf", "footerl", "footerr",
        "generator", "header", "headerf", "headerl", "headerr", "info", "latentstyles", "listoverridetable", "listtable", "object", "pict",
        "revtbl", "rsidtbl", "stylesheet", "themedata", "xmlnstbl",
    ];

    private readonly StringBuilder _text = new();
    private readonly List<byte> _octets = [];
    private readonly Stack<Group> _groups = new();
    private readonly Dictionary<int, int> _fonts = [];
    private readonly byte[] _rtf;
    private readonly CancellationToken _cancellationToken;
    private Group _group = new() { Skipped = 1 };
    private int _codePage = 1252;
    private int _font;
    private int _toSkip;
    private int _at;

    private RtfText(byte[] rtf, CancellationToken cancellationToken)
    {
        _rtf = rtf;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The text. No more comes out than went in.</summary>
    public static string Of(byte[] rtf, CancellationToken cancellationToken)
    {
        var reader = new RtfText(rtf, cancellationToken);
        reader.Read();
        return reader._text.ToString();
    }

    private void Read()
    {
        while (_at < _rtf.Length)
        {
            if (_at % 4_096 == 0) _cancellationToken.ThrowIfCancellationRequested();

            byte octet = _rtf[_at++];
            switch (octet)
            {
                case (byte)'{':
                    if (_groups.Count == MostGroups) return;

                    EndOctets();
                    _groups.Push(_group);
                    break;
                case (byte)'}':
                    EndOctets();
                    if (_groups.Count > 0) _group = _groups.Pop();
                    break;
                case (byte)'\\':
                    ReadControl();
                    break;
                case (byte)'\r' or (byte)'\n' or 0:
                    break;
                default:
                    Put(octet);
                    break;
            }
        }

        EndOctets();
    }

    private void ReadControl()
    {
        if (_at == _rtf.Length) return;

        int start = _at;
        while (_at < _rtf.Length && IsLetter(_rtf[_at])) _at++;
        if (_at == start)
        {
            ReadSymbol((char)_rtf[_at++]);
            return;
        }

        string word = Encoding.ASCII.GetString(_rtf, start, _at - start);
        start = _at;
        if (_at < _rtf.Length && _rtf[_at] == '-') _at++;
        while (_at < _rtf.Length && _at - start < 11 && _rtf[_at] is >= (byte)'0' and <= (byte)'9') _at++;
        int? number = int.TryParse(Encoding.ASCII.GetString(_rtf, start, _at - start), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out int parsed) ? parsed : null;
        if (_at < _rtf.Length && _rtf[_at] == ' ') _at++;
        Obey(word, number);
    }

    private void ReadSymbol(char symbol)
    {
        if (symbol == '\'')
        {
            if (_at + 2 <= _rtf.Length && byte.TryParse(Encoding.ASCII.GetString(_rtf, _at, 2), NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out byte octet))
            {
                _at += 2;
                Put(octet);
            }
        }
        else if (symbol == '*') _group.IsHidden = true;
        else if (CharactersOf(symbol.ToString()) is { } text) Put(text);
    }

    private void Obey(string word, int? number)
    {
        EndOctets();
        switch (word)
        {
            case "u" when number is { } code:
                Put(((char)(ushort)code).ToString());
                _toSkip = _group.Skipped;
                break;
            case "uc":
                _group.Skipped = Math.Max(0, Math.Min(number ?? 1, 8));
                break;
            case "bin":
                _at += Math.Max(0, Math.Min(number ?? 0, _rtf.Length - _at));
                break;
            case "ansicpg" when number is > 0:
                _codePage = number.Value;
                break;
            case "mac":
                _codePage = 10000;
                break;
            case "pc":
                _codePage = 437;
                break;
            case "pca":
                _codePage = 850;
                break;
            case "fonttbl":
                (_group.IsHidden, _group.IsFontTable) = (true, true);
                break;
            case "f" when _group.IsFontTable:
                _font = number ?? 0;
                break;
            case "f":
                _group.CodePage = _fonts.TryGetValue(number ?? 0, out int page) ? page : null;
                break;
            case "fcharset" when _group.IsFontTable && CodePageOf(number ?? 0) is { } charset && _fonts.Count < MostGroups:
                _fonts[_font] = charset;
                break;
            case "plain":
                _group.CodePage = null;
                break;
            default:
                if (_hidden.Contains(word)) _group.IsHidden = true;
                else if (CharactersOf(word) is { } text) Put(text);
                break;
        }
    }

    private void Put(byte octet)
    {
        if (_toSkip > 0) _toSkip--;
        else if (!_group.IsHidden) _octets.Add(octet);
    }

    private void Put(string text)
    {
        EndOctets();
        _toSkip = 0;
        if (!_group.IsHidden) _text.Append(text);
    }

    /// <summary>Octets are decoded together: a character may have two.</summary>
    private void EndOctets()
    {
        if (_octets.Count == 0) return;

        Encoding encoding = Charsets.Find(FormattableString.Invariant($"cp{_group.CodePage ?? _codePage}")) ?? Encoding.GetEncoding(28591);
        _text.Append(encoding.GetString([.. _octets]));
        _octets.Clear();
    }

    private static string? CharactersOf(string word) => word switch
    {
        "par" or "line" or "sect" or "page" or "row" or "\r" or "\n" => "\n",
        "tab" or "cell" => "\t",
        "emspace" or "enspace" => " ",
        "emdash" => "\u2014",
        "endash" => "\u2013",
        "bullet" => "\u2022",
        "lquote" => "\u2018",
        "rquote" => "\u2019",
        "ldblquote" => "\u201c",
        "rdblquote" => "\u201d",
        "~" => "\u00a0",
        "_" => "-",
        "{" or "}" or "\\" => word,
        _ => null,
    };

    /// <summary>The code page of a font's character set.</summary>
    private static int? CodePageOf(int charset) => charset switch
    {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => null,
    };

    private static bool IsLetter(byte octet) => octet is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z');

    /// <summary>What holds up to the closing brace.</summary>
    private struct Group
    {
        public bool IsHidden { get; set; }

        public bool IsFontTable { get; set; }

        /// <summary>The code page of the font; null for the document's.</summary>
        public int? CodePage { get; set; }

        /// <summary>How many characters stand behind one in Unicode, for readers that know no Unicode.</summary>
        public int Skipped { get; set; }
    }
}

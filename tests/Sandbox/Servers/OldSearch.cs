using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ImapPS.Sandbox;

/// <summary>SEARCH as RFC 3501 has it, over the messages of a scripted folder: substrings whatever the case, days without zones.</summary>
internal sealed partial class OldSearch
{
    private readonly Queue<string> _words;
    private readonly Queue<byte[]> _literals;
    private readonly ScriptedFolder _folder;
    private readonly List<Func<ScriptedMessage, bool>> _all;

    public OldSearch(string arguments, IEnumerable<byte[]> literals, ScriptedFolder folder)
    {
        _words = new Queue<string>(Word().Matches(arguments).Select(match => match.Value));
        _literals = new Queue<byte[]>(literals);
        _folder = folder;
        var hasCharset = _words.Count > 1 && _words.Peek().Equals("CHARSET", StringComparison.OrdinalIgnoreCase);
        if (hasCharset) (_, _) = (_words.Dequeue(), _words.Dequeue());
        _all = [.. Keys()];
    }

    public bool Matches(ScriptedMessage message) => _all.TrueForAll(key => key(message));

    private IEnumerable<Func<ScriptedMessage, bool>> Keys()
    {
        while (_words.Count > 0 && _words.Peek() is not ")") yield return Key();
    }

    private Func<ScriptedMessage, bool> Key()
    {
        var word = _words.Dequeue().ToUpperInvariant();
        switch (word)
        {
            case "(":
                var all = Keys().ToList();
                _words.Dequeue();
                return message => all.TrueForAll(key => key(message));
            case "NOT":
                var not = Key();
                return message => !not(message);
            case "OR":
                var (one, other) = (Key(), Key());
                return message => one(message) || other(message);
            case "ALL":
                return _ => true;
            case "SEEN" or "ANSWERED" or "FLAGGED" or "DELETED" or "DRAFT":
                return message => Has(message, @"\" + word);
            case "UNSEEN" or "UNANSWERED" or "UNFLAGGED" or "UNDELETED" or "UNDRAFT":
                return message => !Has(message, @"\" + word[2..]);
            case "KEYWORD" or "UNKEYWORD":
                var keyword = Text();
                return message => Has(message, keyword) == word is "KEYWORD";
            case "FROM" or "TO" or "CC" or "BCC" or "SUBJECT":
                return Header(word, Text());
            case "HEADER":
                return Header(Text(), Text());
            case "BODY" or "TEXT":
                var text = Text();
                return message => Contains(Encoding.UTF8.GetString(message.Octets)[(word is "BODY" ? message.HeaderLength : 0)..], text);
            case "LARGER" or "SMALLER":
                var size = int.Parse(_words.Dequeue(), CultureInfo.InvariantCulture);
                return message => word is "LARGER" ? message.Octets.Length > size : message.Octets.Length < size;
            case "SINCE" or "BEFORE" or "ON" or "SENTSINCE" or "SENTBEFORE" or "SENTON":
                var day = DateTime.ParseExact(Text(), "d-MMM-yyyy", CultureInfo.InvariantCulture);
                return message => Compare(word, word.StartsWith("SENT", StringComparison.Ordinal) ? Sent(message) : Received(message), day);
            case "UID":
                var set = _words.Dequeue();
                return message => IsIn(set, message.Uid);
            default:
                throw new FormatException($"SEARCH {word} is not known here.");
        }
    }

    private string Text()
    {
        var word = _words.Dequeue();
        if (word.StartsWith('{')) return Encoding.UTF8.GetString(_literals.Dequeue());
        return word.StartsWith('"') ? Escape().Replace(word[1..^1], "$1") : word;
    }

    private static bool Has(ScriptedMessage message, string flag) =>
        message.Flags.Split(' ').Contains(flag, StringComparer.OrdinalIgnoreCase);

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static Func<ScriptedMessage, bool> Header(string name, string part) =>
        message => Fields(message, name).Any(value => Contains(value, part));

    private static IEnumerable<string> Fields(ScriptedMessage message, string name) =>
        Regex.Matches(
                Encoding.UTF8.GetString(message.Octets, 0, message.HeaderLength),
                $@"(?im)^{Regex.Escape(name)}:(?<value>.*(?:\n[ \t].*)*)",
                RegexOptions.ExplicitCapture)
            .Select(match => Decode(match.Groups["value"].Value.Trim()));

    private static string Decode(string value) =>
        EncodedWord().Replace(value, match => Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups["text"].Value)));

    private static DateTime? Received(ScriptedMessage message) => Day(message.InternalDate.Trim('"').Split(' ')[0], "d-MMM-yyyy");

    private static DateTime? Sent(ScriptedMessage message) =>
        Fields(message, "Date")
            .Select(value => Day(string.Join(' ', value.Split(", ")[^1].Split(' ').Take(3)), "d MMM yyyy"))
            .FirstOrDefault();

    private static DateTime? Day(string text, string format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static bool Compare(string word, DateTime? day, DateTime other) =>
        word.EndsWith("SINCE", StringComparison.Ordinal) ? day >= other
        : word.EndsWith("BEFORE", StringComparison.Ordinal) ? day < other
        : day == other;

    private bool IsIn(string set, uint uid)
    {
        var last = _folder.Messages.Max(message => message.Uid);
        return set.Split(',').Select(range => range.Split(':').Select(Number).ToList()).Any(ends => uid >= ends.Min() && uid <= ends.Max());

        uint Number(string text) => text is "*" ? last : uint.Parse(text, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""|[()]|[^\s()""]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();

    [GeneratedRegex(@"=\?utf-8\?B\?(?<text>[^?]+)\?=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex EncodedWord();
}

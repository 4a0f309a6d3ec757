using System;
using System.Collections.Generic;
using System.Globalization;

namespace ImapPS.Sessions;

/// <summary>
/// Bounds what the server may answer, before MailKit sees it: "ESEARCH … ALL 1:4294967295" is a line of no length, and four thousand
/// million messages to whoever walks over them.
/// </summary>
internal sealed class ResponseGuard
{
    /// <summary>UIDs in one response, where the folder does not tell that it has fewer.</summary>
    private const long MostUids = 10_000_000;

    /// <summary>What may have arrived since the server told the next UID.</summary>
    private const long Newcomers = 100_000;

    /// <summary>Brackets within each other. MailKit goes down by recursion, and the process ends where its stack does.</summary>
    private const int MostLevels = 500;

    private const int MostFolders = 250_000;

    /// <summary>Octets of a line, literals not counted: one that lists numbers, one of words or capabilities, any other.</summary>
    private const long LongestNumbers = 128 * 1024 * 1024;
    private const long LongestWords = 64 * 1024;
    private const long LongestLine = 4 * 1024 * 1024;

    private const int MostRejections = 16;

    /// <summary>The names of folders in the answers to the command under way that are no modified UTF-7.</summary>
    public ListedNames Names { get; } = new();

    private readonly CommandScanner _command = new();
    private readonly ResponseScanner _scanner;
    private readonly List<string> _rejections = [];
    private long _length;
    private long _longest = LongestLine;
    private int _levels;
    private int _folders;
    private long? _nextUid;
    private long _exists;

    private bool _isSet;
    private long _uids;
    private long? _first;
    private long _number = -1;

    public ResponseGuard() => _scanner = new ResponseScanner(this);

    /// <summary>The response codes (RFC 5530) of the commands that were refused since they were last forgotten.</summary>
    public IReadOnlyCollection<string> Rejections => _rejections;

    /// <summary>True when the line is a status response, whose words mean nothing to a parser.</summary>
    public bool IsStatus { get; private set; }

    private long UidLimit => _nextUid is { } next ? Math.Min(MostUids, Math.Max(next, _exists) + Newcomers) : MostUids;

    public void ForgetRejections() => _rejections.Clear();

    /// <summary>Takes what is sent.</summary>
    public void Sent(byte[] buffer, int offset, int count)
    {
        if (!_command.Take(buffer, offset, count)) return;

        _folders = 0;
        Names.Clear();
        if (!_command.OpensFolder) return;

        _nextUid = null;
        _exists = 0;
    }

    /// <summary>Takes what comes; throws at what is too much.</summary>
    public void Received(byte[] buffer, int offset, int count) => _scanner.Take(buffer, offset, count);

    /// <summary>One more octet of the line.</summary>
    internal void Octet()
    {
        if (++_length > _longest) throw TooMuch("a line without an end");
    }

    /// <summary>A word of the line has ended; the first three tell what it is.</summary>
    internal void Word(string head, int count)
    {
        string[] words = head.TrimEnd(' ').Split(' ');
        if (count == 2 && words.Length == 2)
        {
            string kind = words[1].ToUpperInvariant();
            IsStatus = kind is "OK" or "NO" or "BAD" || (kind is "BYE" or "PREAUTH" && words[0] == "*");
            _isSet = words[0] == "*" && kind is "ESEARCH" or "VANISHED";
            if (IsStatus || kind is "CAPABILITY") _longest = LongestWords;
            else if (_isSet || kind is "SEARCH" or "SORT" or "THREAD") _longest = LongestNumbers;
            if (kind is "LIST" or "LSUB" or "XLIST" && ++_folders > MostFolders) throw TooMuch("folders without an end");
        }
        else if (count == 3 && IsStatus && words.Length == 3)
        {
            _isSet = words[2].ToUpperInvariant() is "[COPYUID" or "[APPENDUID";
        }
    }

    /// <summary>An octet outside of quoted strings, literals and words.</summary>
    internal void Token(byte octet)
    {
        if (octet == '(')
        {
            if (++_levels > MostLevels) throw TooMuch("brackets within each other");
        }
        else if (octet == ')')
        {
            _levels--;
        }

        if (_isSet) TakeUid(octet);
    }

    /// <summary>A literal of that length follows.</summary>
    internal void Literal(long length)
    {
        if (length > _command.LiteralLimit)
        {
            throw TooMuch(string.Format(CultureInfo.InvariantCulture, "a literal of {0:N0} octets, which was not asked for", length));
        }
    }

    /// <summary>The line has ended, which began so.</summary>
    internal void EndLine(string head)
    {
        string[] words = head.TrimEnd('\r', '\n', ' ').Split(' ');
        if (words.Length > 2 && words[0] == "*")
        {
            if (words[2].ToUpperInvariant() is "EXISTS" or "RECENT" or "EXPUNGE") NoteCount(words[1], words[2]);
            if (words.Length > 3 && string.Equals(words[2], "[UIDNEXT", StringComparison.OrdinalIgnoreCase)
                && Number(words[3].Split(']')[0]) is { } next)
            {
                _nextUid = next;
            }
        }
        else if (words.Length > 2 && words[0] == _command.Tag && words[1].ToUpperInvariant() is "NO" or "BAD"
            && words[2].Length > 0 && words[2][0] == '[')
        {
            if (_rejections.Count < MostRejections) _rejections.Add(words[2].TrimStart('[').Split(']')[0].ToUpperInvariant());
        }

        (_length, _longest, _levels) = (0, LongestLine, 0);
        (_isSet, _uids, _first, _number, IsStatus) = (false, 0, null, -1, false);
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number : null;

    private static ExcessiveResponseException TooMuch(string what) => new($"The server sent {what}.");

    private void NoteCount(string number, string kind)
    {
        if (Number(number) is not { } count) return;
        if (count > int.MaxValue) throw TooMuch($"a number of messages that no folder has ({number})");

        if (string.Equals(kind, "EXISTS", StringComparison.OrdinalIgnoreCase)) _exists = count;
    }

    private void TakeUid(byte octet)
    {
        if (octet is >= (byte)'0' and <= (byte)'9')
        {
            _number = Math.Min((Math.Max(_number, 0) * 10) + octet - '0', uint.MaxValue + 1L);
            return;
        }

        if (octet == ':' && _number >= 0)
        {
            _first = _number;
        }
        else if (_number >= 0)
        {
            _uids += _first is { } first ? Math.Abs(_number - first) + 1 : 1;
            _first = null;

            // COPYUID has two sets of one length.
            if (_uids > (IsStatus ? 2 : 1) * UidLimit) throw TooMuch("a set of more messages than the folder can have");
        }

        _number = -1;
    }
}

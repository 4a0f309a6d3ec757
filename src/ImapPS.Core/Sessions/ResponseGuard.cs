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

    /// <summary>True in a line of which nothing but brackets, quotes and literals is looked at.</summary>
    public bool IsPlain => !IsStatus && !_isSet;

    /// <summary>So many more octets of the line.</summary>
    internal void Octets(int count)
    {
        _length += count;
        if (_length > _longest) throw TooMuch("a line without an end");
    }

    /// <summary>A word of the line has ended; the first three tell what it is.</summary>
    internal void Word(ReadOnlySpan<byte> head, int count)
    {
        if (count == 2) Kind(LineWords.Is(LineWords.Nth(head, 0), "*"), LineWords.Nth(head, 1));
        else if (count == 3 && IsStatus)
        {
            ReadOnlySpan<byte> code = LineWords.Nth(head, 2);
            _isSet = LineWords.Is(code, "[COPYUID", "[APPENDUID");
        }
    }

    private void Kind(bool isUntagged, ReadOnlySpan<byte> kind)
    {
        // The number of a message: most of what comes are answers to FETCH.
        if (isUntagged && kind.Length > 0 && kind[0] is >= (byte)'0' and <= (byte)'9') return;

        IsStatus = LineWords.Is(kind, "OK", "NO", "BAD") || (isUntagged && LineWords.Is(kind, "BYE", "PREAUTH"));
        _isSet = isUntagged && LineWords.Is(kind, "ESEARCH", "VANISHED");
        if (IsStatus || LineWords.Is(kind, "CAPABILITY")) _longest = LongestWords;
        else if (_isSet || LineWords.Is(kind, "SEARCH", "SORT", "THREAD")) _longest = LongestNumbers;
        if (LineWords.Is(kind, "LIST", "LSUB", "XLIST") && ++_folders > MostFolders) throw TooMuch("folders without an end");
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
    internal void EndLine(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> third = LineWords.Nth(head, 2);
        if (third.Length > 0)
        {
            if (LineWords.Is(LineWords.Nth(head, 0), "*"))
            {
                if (LineWords.Is(third, "EXISTS", "RECENT", "EXPUNGE")) NoteCount(LineWords.Text(LineWords.Nth(head, 1)), third);
                if (LineWords.Is(third, "[UIDNEXT") && Number(LineWords.Text(LineWords.Nth(head, 3)).Split(']')[0]) is { } next)
                {
                    _nextUid = next;
                }
            }
            else if (third[0] == '[') NoteRefusal(head, LineWords.Text(third));
        }

        (_length, _longest, _levels) = (0, LongestLine, 0);
        (_isSet, _uids, _first, _number, IsStatus) = (false, 0, null, -1, false);
    }

    private void NoteRefusal(ReadOnlySpan<byte> head, string code)
    {
        ReadOnlySpan<byte> status = LineWords.Nth(head, 1);
        if (LineWords.Text(LineWords.Nth(head, 0)) == _command.Tag && LineWords.Is(status, "NO", "BAD")
            && _rejections.Count < MostRejections)
        {
            _rejections.Add(code.TrimStart('[').Split(']')[0].ToUpperInvariant());
        }
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number : null;

    private static ExcessiveResponseException TooMuch(string what) => new($"The server sent {what}.");

    private void NoteCount(string number, ReadOnlySpan<byte> kind)
    {
        if (Number(number) is not { } count) return;
        if (count > int.MaxValue) throw TooMuch($"a number of messages that no folder has ({number})");

        if (LineWords.Is(kind, "EXISTS")) _exists = count;
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

using System;
using System.Text;
using System.Text.RegularExpressions;

namespace ImapPS.Sessions;

/// <summary>Reads what goes to the server, octet by octet: the command under way, and how long a literal it may be answered with.</summary>
internal sealed class CommandScanner
{
    /// <summary>
    /// Headers, structures and whatever else is not a body. No server takes longer headers from outside; who has the right to APPEND can
    /// store some.
    /// </summary>
    private const int LongestLiteral = 32 * 1024 * 1024;

    private const int LongestLine = 16 * 1024;

    private const int TagLength = 9;
    private const int LongestNumber = 10;

    private static readonly Regex _wholeBody = new("(?:BODY(?:\\.PEEK)?|BINARY(?:\\.PEEK)?)\\[(?![0-9.]*(?:HEADER|MIME))[^\\]]*\\](?!<)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly StringBuilder _line = new();
    private long _literalLeft;
    private bool _continues;

    /// <summary>The tag of the command under way; empty before the first.</summary>
    public string Tag { get; private set; } = string.Empty;

    /// <summary>True when the command opens a folder, so that what is known of the one before no longer holds.</summary>
    public bool OpensFolder { get; private set; }

    /// <summary>The most octets that a literal in the answer may have.</summary>
    public long LiteralLimit { get; private set; } = LongestLiteral;

    /// <summary>Takes what is sent.</summary>
    /// <returns>True when a command began.</returns>
    public bool Take(byte[] buffer, int offset, int count)
    {
        bool began = false;
        int end = offset + count;
        for (int i = offset; i < end;)
        {
            if (_literalLeft > 0)
            {
                int skipped = (int)Math.Min(_literalLeft, end - i);
                _literalLeft -= skipped;
                i += skipped;
                continue;
            }

            char c = (char)buffer[i++];
            if (c != '\n')
            {
                if (_line.Length < LongestLine) _line.Append(c);
                continue;
            }

            began |= EndLine(_line.ToString());
            _line.Clear();
        }

        return began;
    }

    private bool EndLine(string line)
    {
        bool continuesOne = _continues;
        long? literal = LiteralAtEnd(line);
        _continues = literal is not null;
        if (literal is { } length) _literalLeft = length;

        // DONE, and the lines of a login, have no tag.
        if (continuesOne || VerbOf(line) is not { Length: > 0 } verb) return false;

        Tag = line.Substring(0, TagLength);
        OpensFolder = verb is "SELECT" or "EXAMINE";
        LiteralLimit = line.IndexOf('[') >= 0 && _wholeBody.IsMatch(line) ? int.MaxValue : LongestLiteral;
        return true;
    }

    /// <summary>SELECT, of A00000001 SELECT INBOX; empty if the line begins no command.</summary>
    private static string VerbOf(string line)
    {
        if (line.Length <= TagLength || !IsUpper(line[0]) || line[TagLength] != ' ') return string.Empty;

        for (int i = 1; i < TagLength; i++)
        {
            if (!IsDigit(line[i])) return string.Empty;
        }

        int end = TagLength + 1;
        while (end < line.Length && IsUpper(line[end])) end++;
        return line.Substring(TagLength + 1, end - TagLength - 1);
    }

    /// <summary>The length of the literal that follows the line, which then ends in {12} or {12+}.</summary>
    private static long? LiteralAtEnd(string line)
    {
        int end = line.Length;
        if (end > 0 && line[end - 1] == '\r') end--;
        if (end == 0 || line[--end] != '}') return null;

        if (end > 0 && line[end - 1] == '+') end--;
        int start = end;
        while (start > 0 && IsDigit(line[start - 1])) start--;
        if (start == 0 || line[start - 1] != '{' || end - start is 0 or > LongestNumber) return null;

        long length = 0;
        for (int i = start; i < end; i++) length = length * 10 + (line[i] - '0');

        return length;
    }

    private static bool IsUpper(char c) => c is >= 'A' and <= 'Z';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}

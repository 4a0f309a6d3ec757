using System.Collections.Generic;
using System.Text;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Administration;

/// <summary>
/// Keeps untagged responses whole, and hides them from MailKit, which knows two resources of a quota, ends the connection at metadata of
/// over 4,096 octets and at NIL, and at an access list of nobody. The first letter of the name becomes X: MailKit passes over what it does
/// not know. It has not seen the octets yet, and one that is changed alone needs nothing of what came before it.
/// </summary>
/// <param name="letter">The first letter of the responses' names.</param>
internal sealed class AnswerTap(char letter)
{
    private const int LongestInAll = 64 * 1024 * 1024;
    private const int LongestTail = 16;
    private const int LongestStatus = 1024;

    private readonly List<byte[]> _answers = [];
    private readonly List<byte> _kept = [];
    private readonly StringBuilder _tail = new();
    private readonly StringBuilder _status = new();
    private long _total;
    private int _position;
    private char _first;
    private bool _isKept;
    private long _literal;

    /// <summary>The responses, in order, without their line ends.</summary>
    public IReadOnlyList<byte[]> Answers => _answers;

    /// <summary>The tagged response, which ends the command.</summary>
    public string Status { get; private set; } = string.Empty;

    /// <summary>Takes what comes, and changes it.</summary>
    public void Take(byte[] buffer, int offset, int count)
    {
        for (int i = offset; i < offset + count; i++)
        {
            if (_literal > 0)
            {
                _literal--;
                Keep(buffer[i]);
                continue;
            }

            char c = (char)buffer[i];
            if (_position == 0) _first = c;
            if (_position == 2 && _first == '*' && (c & ~' ') == letter)
            {
                _isKept = true;
                buffer[i] = (byte)'X';
            }

            _position++;
            if (_isKept) Keep((byte)c);
            else if (_first is not ('*' or '+') && _status.Length < LongestStatus) _status.Append(c);
            if (c == '\n') EndLine();
            else if (c != '\r') Note(c);
        }
    }

    private void Note(char c)
    {
        if (_tail.Length == LongestTail) _tail.Remove(0, 1);
        _tail.Append(c);
    }

    /// <summary>The line has ended; where it announces a literal, the response goes on after that.</summary>
    private void EndLine()
    {
        string tail = _tail.ToString();
        _tail.Clear();
        if (LiteralAt(tail) is { } length)
        {
            _literal = length;
            return;
        }

        if (_isKept) _answers.Add([.. _kept]);
        else if (_first is not ('*' or '+')) Status = _status.ToString().TrimEnd();
        _kept.Clear();
        _status.Clear();
        _isKept = false;
        _position = 0;
    }

    private static long? LiteralAt(string tail)
    {
        int brace = tail.LastIndexOf('{');
        return brace >= 0 && tail[tail.Length - 1] == '}'
            && Digits.Read(tail.Substring(brace + 1, tail.Length - brace - 2)) is { } length and <= int.MaxValue ? (long)length : null;
    }

    private void Keep(byte octet)
    {
        if (!_isKept) return;
        if (++_total > LongestInAll) throw new ExcessiveResponseException("The server sent answers without an end.");

        _kept.Add(octet);
    }
}

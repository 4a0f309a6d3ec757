using System.Collections.Generic;
using System.Text;
using ImapPS.Sessions;

namespace ImapPS.Administration;

/// <summary>
/// Keeps untagged responses whole, and hides them from MailKit, which knows two resources of a quota, ends the connection at metadata of
/// over 4,096 octets and at NIL, and at an access list of nobody. A letter of the name becomes another one: MailKit passes over what it
/// does not know. It has not seen the octets yet, and one that is changed alone needs nothing of what came before it.
/// </summary>
internal sealed class AnswerTap
{
    private const int LongestInAll = 64 * 1024 * 1024;
    private const int LongestStatus = 64 * 1024;

    /// <summary>How many times a server may ask for what the command does not have: it gets empty lines.</summary>
    private const int MostUnasked = 8;

    private readonly char _letter;
    private readonly AnswerWord? _word;
    private readonly List<byte[]> _answers = [];
    private readonly List<byte> _kept = [];
    private readonly StringBuilder _tail = new();
    private readonly StringBuilder _status = new();
    private long _total;
    private int _position;
    private int _continuations = int.MaxValue;
    private char _first;
    private bool _isKept;
    private bool _hasEnded;
    private long _literal;

    /// <param name="letter">The first letter of the responses' names. Other responses are MailKit's.</param>
    public AnswerTap(char letter) => _letter = letter;

    /// <param name="word">Which responses MailKit is to see as well. All are kept.</param>
    /// <param name="literals">How many literals the command has, for each of which the server may ask.</param>
    public AnswerTap(AnswerWord word, int literals)
    {
        _word = word;
        _continuations = literals + MostUnasked;
    }

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

            // What comes behind the tagged response is no answer to this command.
            if (_hasEnded) return;

            char c = (char)buffer[i];
            if (_position == 0) _first = c;
            if (_first == '*' && _position >= 2 && Hide(c) is { } other) buffer[i] = (byte)other;

            _position++;
            if (_isKept) Keep((byte)c);
            else if (_first is not ('*' or '+') && _status.Length < LongestStatus) _status.Append(c);
            if (c == '\n') EndLine();
            else if (c != '\r') Note(c);
        }
    }

    /// <summary>What MailKit is to see in the place of an octet; null for the octet itself.</summary>
    private char? Hide(char c)
    {
        if (_word is not null)
        {
            _isKept = true;
            return _word.Take(c) ? '-' : null;
        }

        if (_position > 2 || (c & ~' ') != _letter) return null;

        _isKept = true;
        return 'X';
    }

    private void Note(char c)
    {
        if (_tail.Length == LiteralHead.Longest) _tail.Remove(0, 1);
        _tail.Append(c);
    }

    /// <summary>The line has ended; where it announces a literal, the response goes on after that.</summary>
    private void EndLine()
    {
        string tail = _tail.ToString();
        _tail.Clear();
        if (_first == '*' && _word?.IsStatus != true && LiteralHead.Length(tail) is { } length)
        {
            _literal = length;
            return;
        }

        if (_isKept) _answers.Add([.. _kept]);
        else if (_first == '+' && --_continuations < 0) throw new ExcessiveResponseException("The server asks for more without an end.");
        else if (_first is not ('*' or '+')) Status = _status.ToString().TrimEnd();
        _hasEnded = _word is not null && !_isKept && TaggedResponse.Of(Status) is not null;
        _word?.Clear();
        _kept.Clear();
        _status.Clear();
        _isKept = false;
        _position = 0;
    }

    private void Keep(byte octet)
    {
        if (!_isKept) return;
        if (++_total > LongestInAll) throw new ExcessiveResponseException("The server sent answers without an end.");

        _kept.Add(octet);
    }
}

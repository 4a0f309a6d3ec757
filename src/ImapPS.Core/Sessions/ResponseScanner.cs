using System;

namespace ImapPS.Sessions;

/// <summary>
/// Reads what comes from the server as MailKit's tokenizer does (lines, quoted strings, literals), with memory for the beginning of a
/// line and no more. What it sees is looked at by <see cref="ResponseGuard"/>.
/// </summary>
internal sealed class ResponseScanner(ResponseGuard guard)
{
    private const int LongestHead = 512;

    /// <summary>What ends a run of octets that mean nothing, after the first words of a line.</summary>
    private static readonly bool[] _ofTokens = Marks("\"{()~\n");

    /// <summary>The same in a quoted string.</summary>
    private static readonly bool[] _ofQuoted = Marks("\"\\");

    private readonly byte[] _head = new byte[LongestHead];
    private int _headLength;
    private int _words;
    private State _state;
    private long _literal;

    private enum State
    {
        /// <summary>Tokens, where a quote or a brace begins something.</summary>
        Tokens,

        /// <summary>The code of a status response: [COPYUID …].</summary>
        Code,

        /// <summary>The words of a status response, where nothing means anything.</summary>
        Words,
        Quoted,
        QuotedEscape,
        QuotedEnd,
        LiteralLength,
        LiteralLine,
        Literal,
    }

    /// <summary>The state to return to after a quoted string or a literal.</summary>
    private State _outer;

    public void Take(byte[] buffer, int offset, int count)
    {
        int end = offset + count;
        for (int i = offset; i < end;)
        {
            if (_state == State.Literal)
            {
                int skipped = (int)Math.Min(_literal, end - i);
                _literal -= skipped;
                i += skipped;
                if (_literal == 0) _state = _outer;
                continue;
            }

            if (MarksHere is { } marks && Run(buffer, i, end, marks) is var run and > 0)
            {
                Skip(buffer, i, run);
                i += run;
                continue;
            }

            // MailKit does not know literal8 (RFC 3516), and takes its ~ for the value. It has not seen these octets yet.
            if (buffer[i] == '~' && _state == State.Tokens && i > offset && buffer[i - 1] == ' ' && i + 1 < end && buffer[i + 1] == '{')
            {
                buffer[i] = (byte)' ';
            }

            Take(buffer[i++]);
        }
    }

    /// <summary>What means something where the line is now; null where each octet is looked at.</summary>
    private bool[]? MarksHere => _state switch
    {
        State.Quoted => _ofQuoted,
        State.Tokens when _words >= 3 && guard.IsPlain => _ofTokens,
        _ => null,
    };

    private static bool[] Marks(string octets)
    {
        bool[] marks = new bool[256];
        foreach (char octet in octets) marks[octet] = true;
        return marks;
    }

    private static int Run(byte[] buffer, int start, int end, bool[] marks)
    {
        int i = start;
        while (i < end && !marks[buffer[i]]) i++;
        return i - start;
    }

    private void Skip(byte[] buffer, int start, int count)
    {
        guard.Octets(count);
        int kept = Math.Min(count, LongestHead - _headLength);
        Buffer.BlockCopy(buffer, start, _head, _headLength, kept);
        _headLength += kept;
    }

    private void Take(byte octet)
    {
        guard.Octets(1);
        if (_headLength < LongestHead) _head[_headLength++] = octet;
        switch (_state)
        {
            case State.Quoted:
                _state = octet switch { (byte)'\\' => State.QuotedEscape, (byte)'"' => State.QuotedEnd, _ => State.Quoted };
                return;
            case State.QuotedEscape:
                _state = State.Quoted;
                return;
            case State.QuotedEnd when octet is not ((byte)']' or (byte)')' or (byte)' ' or (byte)'\r' or (byte)'\n'):
                // As MailKit has it: servers forget to escape quotes.
                _state = octet switch { (byte)'\\' => State.QuotedEscape, (byte)'"' => State.QuotedEnd, _ => State.Quoted };
                return;
            case State.QuotedEnd:
                _state = _outer;
                break;
            case State.LiteralLength:
                TakeLiteralLength(octet);
                return;
            case State.LiteralLine:
                if (octet == '\n') _state = _literal > 0 ? State.Literal : _outer;
                return;
        }

        if (octet == '\n') EndLine();
        else if (_state != State.Words) TakeToken(octet);
    }

    private void TakeToken(byte octet)
    {
        if (octet == ' ' && _words < 3)
        {
            _words++;
            guard.Word(Head, _words);
        }
        else if (_words == 0 && _headLength == 1 && octet == '+')
        {
            _state = State.Words;
        }
        else if (guard.IsStatus && _state == State.Tokens && octet != ' ')
        {
            _state = octet == '[' ? State.Code : State.Words;
        }
        else if (_state == State.Code && octet == ']')
        {
            guard.Token((byte)' ');
            _state = State.Words;
        }
        else if (octet is (byte)'"' or (byte)'{')
        {
            _outer = _state;
            _state = octet == '"' ? State.Quoted : State.LiteralLength;
            _literal = 0;
        }

        guard.Token(octet);
    }

    private void TakeLiteralLength(byte octet)
    {
        if (octet is >= (byte)'0' and <= (byte)'9')
        {
            _literal = Math.Min((_literal * 10) + octet - '0', uint.MaxValue + 1L);
        }
        else if (octet == '\n')
        {
            // No literal, and no line that MailKit takes.
            _state = _outer;
            EndLine();
        }
        else if (octet == '}')
        {
            guard.Literal(_literal);
            _state = State.LiteralLine;
        }
    }

    private void EndLine()
    {
        guard.Token((byte)'\n');
        guard.Names.Note(_head, _headLength);
        guard.EndLine(Head);
        _headLength = 0;
        _words = 0;
        _state = State.Tokens;
    }

    private ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);
}

using System;
using System.Text;

namespace ImapPS.Sessions;

/// <summary>
/// Reads what comes from the server as MailKit's tokenizer does (lines, quoted strings, literals), with memory for the beginning of a
/// line and no more. What it sees is looked at by <see cref="ResponseGuard"/>.
/// </summary>
internal sealed class ResponseScanner(ResponseGuard guard)
{
    private const int LongestHead = 512;

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

            // MailKit does not know literal8 (RFC 3516), and takes its ~ for the value. It has not seen these octets yet.
            if (buffer[i] == '~' && _state == State.Tokens && i > offset && buffer[i - 1] == ' ' && i + 1 < end && buffer[i + 1] == '{')
            {
                buffer[i] = (byte)' ';
            }

            Take(buffer[i++]);
        }
    }

    private void Take(byte octet)
    {
        guard.Octet();
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

    private string Head => Encoding.ASCII.GetString(_head, 0, _headLength);
}

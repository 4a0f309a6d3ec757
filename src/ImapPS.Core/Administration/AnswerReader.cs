using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace ImapPS.Administration;

/// <summary>Reads the parts of a response (RFC 9051, 4): atoms, quoted strings, literals and lists.</summary>
/// <param name="octets">The response, from its name on.</param>
internal sealed class AnswerReader(byte[] octets)
{
    private const int MostLevels = 16;

    private int _at;

    /// <summary>The parts, the name first. What makes no sense ends them.</summary>
    public static IReadOnlyList<AnswerPart> Read(byte[] octets) => new AnswerReader(octets).ReadList(level: 0);

    private List<AnswerPart> ReadList(int level)
    {
        var parts = new List<AnswerPart>();
        while (_at < octets.Length)
        {
            char c = (char)octets[_at];
            if (c is ' ' or '\r' or '\n' or '~')
            {
                _at++;
            }
            else if (c == ')')
            {
                if (level > 0) return parts;
                _at++;
            }
            else if (c == '(' && level < MostLevels)
            {
                _at++;
                parts.Add(new AnswerPart(octets: null, ReadList(level + 1)));
                _at++;
            }
            else
            {
                parts.Add(c == '"' ? ReadQuoted() : c == '{' ? ReadLiteral() : ReadAtom());
            }
        }

        return parts;
    }

    private AnswerPart ReadQuoted()
    {
        using var text = new MemoryStream();
        for (_at++; _at < octets.Length && octets[_at] != '"'; _at++)
        {
            if (octets[_at] == '\\' && _at + 1 < octets.Length) _at++;
            text.WriteByte(octets[_at]);
        }

        _at++;
        return new AnswerPart(text.ToArray());
    }

    private AnswerPart ReadLiteral()
    {
        int end = _at + 1;
        while (end < octets.Length && octets[end] != '\n') end++;
        string length = Encoding.ASCII.GetString(octets, _at + 1, end - _at - 1).TrimEnd('\r', '}', '+');
        _at = end + 1;
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > octets.Length - _at)
        {
            _at = octets.Length;
            return AnswerPart.Nil;
        }

        byte[] text = new byte[count];
        System.Array.Copy(octets, _at, text, 0, count);
        _at += count;
        return new AnswerPart(text);
    }

    private AnswerPart ReadAtom()
    {
        int first = _at;
        do _at++;
        while (_at < octets.Length && octets[_at] is not ((byte)' ' or (byte)'(' or (byte)')' or (byte)'\r' or (byte)'\n'));
        byte[] atom = new byte[_at - first];
        System.Array.Copy(octets, first, atom, 0, atom.Length);
        var part = new AnswerPart(atom);
        return part.Is("NIL") ? AnswerPart.Nil : part;
    }
}

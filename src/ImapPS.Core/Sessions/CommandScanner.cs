using System;
using System.Globalization;
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

    private static readonly Regex _command =
        new("^(?<tag>[A-Z][0-9]{8}) (?<verb>[A-Z]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));
    private static readonly Regex _wholeBody = new("(?:BODY(?:\\.PEEK)?|BINARY(?:\\.PEEK)?)\\[(?![0-9.]*(?:HEADER|MIME))[^\\]]*\\](?!<)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex _literal =
        new("\\{(?<length>[0-9]{1,10})\\+?\\}\\r?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

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
        Match literal = _literal.Match(line);
        _continues = literal.Success;
        if (literal.Success) _literalLeft = long.Parse(literal.Groups["length"].Value, CultureInfo.InvariantCulture);

        // DONE, and the lines of a login, have no tag.
        if (continuesOne || _command.Match(line) is not { Success: true } command) return false;

        Tag = command.Groups["tag"].Value;
        OpensFolder = command.Groups["verb"].Value is "SELECT" or "EXAMINE";
        LiteralLimit = _wholeBody.IsMatch(line) ? int.MaxValue : LongestLiteral;
        return true;
    }
}

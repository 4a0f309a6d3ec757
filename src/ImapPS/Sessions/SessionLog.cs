using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ImapPS.Errors;
using MailKit;

namespace ImapPS.Sessions;

/// <summary>
/// Writes the protocol log, and notes the response codes (RFC 5530) of rejected commands, which MailKit's exceptions leave out:
/// only they tell a missing right from a full mailbox.
/// </summary>
internal sealed class SessionLog : IProtocolLogger
{
    private const int LongestLine = 1024;
    private const int LongestSearch = 4096;

    private readonly ProtocolLogger? _file;
    private readonly List<string> _rejections = [];
    private readonly byte[] _line = new byte[LongestLine];
    private int _length;
    private StringBuilder? _sent;

    public SessionLog(string? path)
    {
        if (path is null) return;

        try
        {
            _file = new ProtocolLogger(path, append: true) { LogTimestamps = true };
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw Failures.ArgumentInvalid($"The protocol log '{path}' cannot be written: {unwritable.Message}", "Give -ProtocolLogPath a file that no other session writes to, in a folder that exists.", path);
        }
    }

    /// <summary>The response codes of the commands that the server answered with NO or BAD since the last <see cref="Clear"/>.</summary>
    public IReadOnlyCollection<string> Rejections => _rejections;

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector
    {
        // MailKit's detector knows which octets are a secret; ProtocolLogger replaces them.
        get => _file?.AuthenticationSecretDetector;
        set
        {
            if (_file is not null) _file.AuthenticationSecretDetector = value;
        }
    }

    /// <summary>The commands that were sent since <see cref="ListenForSearches"/>, without their tags.</summary>
    public IReadOnlyList<string> Searches
    {
        get
        {
            var searches = new List<string>();
            foreach (string line in (_sent?.ToString() ?? string.Empty).Split('\n'))
            {
                // A line that begins with no tag of MailKit's ("A00000012 ") goes on after a literal.
                bool isCommand = line.Length > 10 && line[0] is >= 'A' and <= 'Z' && line[9] == ' ';
                if (isCommand) searches.Add(line.Substring(10).TrimEnd('\r'));
                else if (searches.Count > 0) searches[searches.Count - 1] += " " + line.TrimEnd('\r');
            }

            return [.. searches.Select(search => search.TrimEnd())];
        }
    }

    /// <summary>The first line that the server said: its greeting. Null before that.</summary>
    public string? Greeting { get; private set; }

    /// <summary>What the server said with BYE (RFC 9051, 7.1.5), which MailKit leaves out of its exception; null when it did not.</summary>
    public string? Farewell { get; private set; }

    /// <summary>How many commands the server has answered with OK.</summary>
    public int Accepted { get; private set; }

    public void ListenForSearches() => _sent = new StringBuilder();

    public void Clear()
    {
        _rejections.Clear();
        _sent = null;
    }

    public void LogConnect(Uri uri)
    {
        _length = 0;
        _file?.LogConnect(uri);
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        _file?.LogClient(buffer, offset, count);
        if (_sent is { Length: < LongestSearch }) _sent.Append(Encoding.UTF8.GetString(buffer, offset, Math.Min(count, LongestSearch)));
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        _file?.LogServer(buffer, offset, count);

        int end = offset + count;
        for (int start = offset; start < end;)
        {
            int newline = Array.IndexOf(buffer, (byte)'\n', start, end - start);
            int stop = newline < 0 ? end : newline;
            int kept = Math.Min(stop - start, LongestLine - _length);
            Buffer.BlockCopy(buffer, start, _line, _length, kept);
            _length += kept;
            if (newline < 0) return;

            NoteLine();
            NoteRejection();
            _length = 0;
            start = newline + 1;
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Only what matters for a login is noted: the greeting, a BYE, and that a command was accepted.</summary>
    private void NoteLine()
    {
        Greeting ??= Line(LongestLine);
        if (_length > 6 && _line[0] == '*' && _line[2] is (byte)'B' or (byte)'b' && Line(6).Equals("* BYE ", StringComparison.OrdinalIgnoreCase))
        {
            Farewell = Line(LongestLine).Substring(6);
        }
        else if (_line[0] is >= (byte)'A' and <= (byte)'Z' && _length > 13 && string.CompareOrdinal(Line(13), 9, " OK ", 0, 4) == 0)
        {
            Accepted++;
        }
    }

    private string Line(int most) => Encoding.UTF8.GetString(_line, 0, Math.Min(_length, most)).TrimEnd('\r');

    /// <summary>Reads "A00000012 NO [OVERQUOTA] …". MailKit's tags start with a letter; a line of a message that looks the same only adds a code that no error asks for.</summary>
    private void NoteRejection()
    {
        if (_length < 8 || _line[0] is not (>= (byte)'A' and <= (byte)'Z')) return;

        string line = Encoding.ASCII.GetString(_line, 0, Math.Min(_length, 128));
        int verdict = line.IndexOf(' ') + 1;
        if (verdict == 0
            || (string.CompareOrdinal(line, verdict, "NO [", 0, 4) != 0 && string.CompareOrdinal(line, verdict, "BAD [", 0, 5) != 0))
        {
            return;
        }

        int open = line.IndexOf('[', verdict) + 1;
        int close = line.IndexOfAny([']', ' '], open);
        if (close > open) _rejections.Add(line.Substring(open, close - open).ToUpperInvariant());
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace ImapPS.Sandbox;

/// <summary>
/// What one client and a real server said to each other: each command with the octets that answered it. The client's secrets are not in it.
/// </summary>
/// <param name="Server">What the server is called, and its version.</param>
/// <param name="Work">What the client was doing.</param>
public sealed record Recording(string Server, string Work)
{
    /// <summary>Stands in answers where the command's tag stood.</summary>
    public const string Tag = "{tag}";

    /// <summary>The commands in the order in which they came. The first is no command: its answer is the greeting.</summary>
    public IList<RecordedExchange> Exchanges { get; } = [];

    /// <summary>Reads recordings as <see cref="Write"/> writes them.</summary>
    public static IReadOnlyList<Recording> Read(string path)
    {
        List<Recording> recordings = [];
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 1))
        {
            var text = line[2..];
            switch (line[0])
            {
                case '=':
                    var names = text.Split(": ", 2);
                    recordings.Add(new Recording(names[0], names[1]));
                    break;
                case '>':
                    recordings[^1].Exchanges.Add(new RecordedExchange(Encoding.UTF8.GetString(Unescape(text))));
                    break;
                case '+':
                    recordings[^1].Exchanges[^1].Answers.Add([]);
                    break;
                case '<':
                    var answers = recordings[^1].Exchanges[^1].Answers;
                    answers[^1] = [.. answers[^1], .. Unescape(text)];
                    break;
            }
        }

        return recordings;
    }

    /// <summary>
    /// Writes recordings as text: "=" for what was recorded, "&gt;" for a command, "+" where the server begins to speak, "&lt;" for a line
    /// of what it says.
    /// </summary>
    public static void Write(string path, IEnumerable<Recording> recordings)
    {
        var text = new StringBuilder();
        foreach (var recording in recordings)
        {
            text.Append("= ").Append(recording.Server).Append(": ").Append(recording.Work).Append('\n');
            foreach (var exchange in recording.Exchanges)
            {
                text.Append("> ").Append(Escape(Encoding.UTF8.GetBytes(exchange.Command))).Append('\n');
                foreach (var answer in exchange.Answers)
                {
                    text.Append("+ .\n");
                    foreach (var line in Lines(answer)) text.Append("< ").Append(Escape(line)).Append('\n');
                }
            }
        }

        File.WriteAllText(path, text.ToString());
    }

    private static IEnumerable<byte[]> Lines(byte[] octets)
    {
        for (var start = 0; start < octets.Length;)
        {
            var end = Array.IndexOf(octets, (byte)'\n', start);
            end = end < 0 ? octets.Length : end + 1;
            yield return octets[start..end];
            start = end;
        }
    }

    private static string Escape(byte[] octets) => string.Concat(octets.Select((octet, index) => octet switch
    {
        (byte)'\r' => @"\r",
        (byte)'\n' => @"\n",
        (byte)'\\' => @"\\",
        (byte)' ' when index == octets.Length - 1 => @"\x20",
        < 0x20 or > 0x7e => string.Create(CultureInfo.InvariantCulture, $"\\x{octet:x2}"),
        _ => ((char)octet).ToString(),
    }));

    private static byte[] Unescape(string text)
    {
        using var octets = new MemoryStream();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                octets.WriteByte((byte)text[i]);
                continue;
            }

            i++;
            octets.WriteByte(text[i] switch
            {
                'r' => (byte)'\r',
                'n' => (byte)'\n',
                'x' => byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                var same => (byte)same,
            });
            if (text[i] == 'x') i += 2;
        }

        return octets.ToArray();
    }
}

/// <summary>A command, and what the server said to it.</summary>
/// <param name="Command">
/// The command without its tag, its literals as {12} without their octets; of a login only its name and mechanism; empty for the greeting.
/// </param>
public sealed record RecordedExchange(string Command)
{
    /// <summary>
    /// What the server said, up to where the client spoke again: to IDLE, the go-ahead and the news, then the answer to DONE.
    /// </summary>
    public IList<byte[]> Answers { get; } = [];

    /// <summary>The command's name in capitals.</summary>
    public string Verb { get; } = VerbOf(Command);

    /// <summary>The name in capitals of a command without a tag.</summary>
    public static string VerbOf(string command)
    {
        var words = command.ToUpperInvariant().Split(' ', 3);
        return words[0] is "UID" && words.Length > 1 ? $"UID {words[1]}" : words[0];
    }
}

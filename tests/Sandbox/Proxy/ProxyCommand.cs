using System;
using System.Text;

namespace ImapPS.Sandbox;

/// <summary>A command that a client sent through the proxy.</summary>
public sealed class ProxyCommand
{
    private const int LongestLiteralShown = 1024;

    private ProxyCommand(int connectionNumber, string line, int length)
    {
        var words = line.Split(' ', 4);
        ConnectionNumber = connectionNumber;
        Tag = words[0];
        Verb = words[1].ToUpperInvariant();
        if (Verb is "UID" && words.Length > 2) Verb = $"UID {words[2].ToUpperInvariant()}";
        Line = line;
        Length = length;
    }

    /// <summary>1 for the first connection that the proxy accepted, and so on.</summary>
    public int ConnectionNumber { get; }

    public string Tag { get; }

    /// <summary>The command's name in capitals: "LIST", "UID FETCH".</summary>
    public string Verb { get; }

    /// <summary>
    /// The text without its last line end. Rules see it up to its first literal; later it is whole, but for literals of more than a
    /// kilobyte.
    /// </summary>
    public string Line { get; private set; }

    /// <summary>The octets of the longest line of this command, without its line end.</summary>
    public int Length { get; private set; }

    public override string ToString() => Line;

    /// <summary>
    /// The command that begins with this line; null for a line that continues one (DONE, a SASL response), which never has a space.
    /// </summary>
    internal static ProxyCommand? Begin(int connectionNumber, ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd("\r\n"u8);
        return line.Contains((byte)' ')
            && line[0] != ' ' ? new ProxyCommand(connectionNumber, Encoding.UTF8.GetString(line), line.Length) : null;
    }

    internal void Continue(ReadOnlySpan<byte> literal, ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd("\r\n"u8);
        Line += $"\r\n{(literal.Length <= LongestLiteralShown ? Encoding.UTF8.GetString(literal) : "…")}{Encoding.UTF8.GetString(line)}";
        Length = Math.Max(Length, line.Length);
    }
}

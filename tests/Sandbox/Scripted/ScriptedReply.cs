using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ImapPS.Sandbox;

/// <summary>
/// What a scripted server answers. A text is lines: "* …" and "+ …" go as they are, a line that begins with OK, NO or BAD gets the
/// command's tag, and where there is none, an OK is added. <c>server.On("NOOP", "* 4 EXISTS\nOK done")</c>
/// </summary>
public sealed class ScriptedReply
{
    private ScriptedReply(Func<ScriptedCommand, IEnumerable<byte[]>>? pieces, bool closes, bool stalls)
    {
        Pieces = pieces;
        Closes = closes;
        Stalls = stalls;
    }

    /// <summary>No answer, ever; the connection stays open, and what the client says next is not answered either.</summary>
    public static ScriptedReply Stall { get; } = new(null, closes: false, stalls: true);

    /// <summary>No answer but the end of the connection.</summary>
    public static ScriptedReply Cut { get; } = new(_ => [], closes: true, stalls: false);

    /// <summary>The command is carried out as ever before this reply goes.</summary>
    internal bool Executes { get; private init; }

    internal Func<ScriptedCommand, IEnumerable<byte[]>>? Pieces { get; }

    /// <summary>The connection ends after this reply.</summary>
    internal bool Closes { get; }

    internal bool Stalls { get; }

    /// <summary>The server says goodbye instead of an answer, and closes: <c>Bye("[UNAVAILABLE] Too many connections")</c>.</summary>
    public static ScriptedReply Bye(string text) => new(_ => [Octets($"* BYE {text}\r\n")], closes: true, stalls: false);

    /// <summary>This reply, after the command has been carried out as ever: <c>After(ScriptedReply.Cut)</c>.</summary>
    public static ScriptedReply After(ScriptedReply reply) => new(reply.Pieces, reply.Closes, reply.Stalls) { Executes = true };

    /// <summary>
    /// These octets and nothing else: no line end, no tag and no OK are added; then, if so said, the end of the connection.
    /// </summary>
    public static ScriptedReply Raw(string text, bool thenCut = false) => Raw(_ => text, thenCut);

    /// <summary>Octets that depend on the command, and nothing else.</summary>
    public static ScriptedReply Raw(Func<ScriptedCommand, string> text, bool thenCut = false) =>
        Stream(command => [text(command)], thenCut);

    /// <summary>As Raw, piece by piece, each made as the one before has gone: what need not end.</summary>
    public static ScriptedReply Stream(Func<ScriptedCommand, IEnumerable<string>> pieces, bool thenCut = false) =>
        new(command => pieces(command).Select(Octets), thenCut, stalls: false);

    /// <summary>Lines, as a text is.</summary>
    public static ScriptedReply Lines(string text) => Lines(_ => text);

    /// <summary>Lines that depend on the command.</summary>
    public static ScriptedReply Lines(Func<ScriptedCommand, string> text) =>
        new(command => [Octets(Finish(text(command), command.Tag))], closes: false, stalls: false);

    public static implicit operator ScriptedReply(string text) => Lines(text);

    /// <summary>Text as it goes out: UTF-8, a char of U+DC80 to U+DCFF for an octet that is none.</summary>
    internal static byte[] Octets(string text)
    {
        if (!text.Any(c => c is >= '\udc80' and <= '\udcff')) return Encoding.UTF8.GetBytes(text);

        List<byte> octets = [];
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsSurrogatePair(text, i);
            if (!isPair && text[i] is >= '\udc80' and <= '\udcff') octets.Add((byte)(text[i] - 0xdc00));
            else octets.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, isPair ? 2 : 1)));
            if (isPair) i++;
        }

        return [.. octets];
    }

    private static string Finish(string text, string tag)
    {
        var reply = new StringBuilder();
        var isTagged = false;
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            var isStatus = line.StartsWith("OK", StringComparison.Ordinal) || line.StartsWith("NO", StringComparison.Ordinal)
                || line.StartsWith("BAD", StringComparison.Ordinal);
            if (isStatus) reply.Append(tag).Append(' ');
            isTagged |= isStatus || line.StartsWith(tag + " ", StringComparison.Ordinal);
            if (line.Length > 0) reply.Append(line).Append("\r\n");
        }

        if (!isTagged) reply.Append(tag).Append(" OK done\r\n");
        return reply.ToString();
    }
}

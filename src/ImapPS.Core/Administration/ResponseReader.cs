using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using ImapPS.Models;

namespace ImapPS.Administration;

/// <summary>Reads an untagged response whose words nobody here knows: its lines, and the literals between them.</summary>
internal static class ResponseReader
{
    /// <summary>The response.</summary>
    /// <param name="octets">Its octets, from what follows the asterisk on.</param>
    public static ImapResponse Read(byte[] octets)
    {
        using var text = new MemoryStream();
        var literals = new List<ImapLiteral>();
        for (int at = 0; at < octets.Length;)
        {
            int end = Array.IndexOf(octets, (byte)'\n', at);
            if (end < 0) end = octets.Length;
            int length = end - at;
            if (length > 0 && octets[end - 1] == '\r') length--;
            text.Write(octets, at, length);
            int after = Math.Min(end + 1, octets.Length);
            if (LiteralAt(octets, at, length) is not { } count || count > octets.Length - after) break;

            byte[] literal = new byte[count];
            Array.Copy(octets, after, literal, 0, count);
            literals.Add(ImapLiteral.Of(literal));
            at = after + count;
        }

        return new ImapResponse
        {
            Text = Encoding.UTF8.GetString(text.ToArray()),
            Literals = ImapList<ImapLiteral>.Of(literals),
        };
    }

    private static int? LiteralAt(byte[] octets, int start, int length)
    {
        int tail = Math.Min(LiteralHead.Longest, length);
        return LiteralHead.Length(Encoding.ASCII.GetString(octets, start + length - tail, tail));
    }
}

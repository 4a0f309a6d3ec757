using System;
using System.Text;

namespace ImapPS.Content;

/// <summary>Tells, without a copy of anything, that encoded words are such as almost all are: there is nothing in them to mend.</summary>
internal static class PlainWords
{
    /// <summary>Charsets that bear the name under which they are registered.</summary>
    private static readonly byte[][] _charsets =
    [
        Encoding.ASCII.GetBytes("utf-8"), Encoding.ASCII.GetBytes("iso-8859-1"), Encoding.ASCII.GetBytes("windows-1252"),
        Encoding.ASCII.GetBytes("iso-8859-15"), Encoding.ASCII.GetBytes("us-ascii"),
    ];

    /// <summary>True when all that looks like an encoded word is a plain one.</summary>
    public static bool AreAll(byte[] raw)
    {
        for (int i = 0; i + 1 < raw.Length; i++)
        {
            if (raw[i] != '=' || raw[i + 1] != '?') continue;

            int end = End(raw, i + 2);
            if (end < 0) return false;
            i = end;
        }

        return true;
    }

    /// <returns>The place of the last octet of the word; below 0 when it is no plain word.</returns>
    private static int End(byte[] raw, int start)
    {
        int encoding = Array.IndexOf(raw, (byte)'?', start) + 1;
        if (encoding == 0 || !IsKnown(raw, start, encoding - 1 - start)) return -1;
        if (encoding + 1 >= raw.Length || raw[encoding + 1] != '?') return -1;

        int text = encoding + 2;
        int end = Array.IndexOf(raw, (byte)'?', text);
        if (end < 0 || end + 1 >= raw.Length || raw[end + 1] != '=') return -1;

        bool isPlain = (raw[encoding] | 0x20) switch
        {
            'b' => (end - text) % 4 == 0 && All(raw, text, end, IsBase64),
            'q' => All(raw, text, end, IsQuoted),
            _ => false,
        };
        return isPlain ? end + 1 : -1;
    }

    private static bool IsKnown(byte[] raw, int start, int length)
    {
        foreach (byte[] charset in _charsets)
        {
            if (charset.Length != length) continue;

            int same = 0;
            while (same < length && Lower(raw[start + same]) == charset[same]) same++;
            if (same == length) return true;
        }

        return false;
    }

    private static byte Lower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;

    private static bool All(byte[] raw, int start, int end, Predicate<byte> isAllowed)
    {
        for (int i = start; i < end; i++)
        {
            if (!isAllowed(raw[i])) return false;
        }

        return true;
    }

    private static bool IsBase64(byte octet) => octet is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z')
        or (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'/' or (byte)'=';

    /// <summary>What ends no name in an address, and is neither a space nor an octet beyond ASCII.</summary>
    private static bool IsQuoted(byte octet) => octet is > (byte)' ' and < 0x7f
        and not ((byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'@' or (byte)',' or (byte)';' or (byte)':' or (byte)'\\'
            or (byte)'"' or (byte)'[' or (byte)']');
}

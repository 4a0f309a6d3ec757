using System;
using System.IO;
using System.Threading;
using ImapPS.Content;

namespace ImapPS.Files;

/// <summary>Tells a file that holds a message from any other by its first line, which is a header field (RFC 5322, 2.2).</summary>
internal static class HeaderStart
{
    /// <summary>Room for a byte order mark, some lines "From " and the name of a field.</summary>
    private const int MostRead = 4 * 1024;

    private static readonly byte[] _byteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// True when the first line is a header field. A byte order mark, and lines "From " or "&gt;From " that an mbox has left there, may
    /// stand before it.
    /// </summary>
    public static bool IsIn(Stream file)
    {
        (byte[] start, int length, _) = BoundedStream.Read(file, MostRead, CancellationToken.None);

        ReadOnlySpan<byte> rest = start.AsSpan(0, length);
        if (rest.StartsWith(_byteOrderMark)) rest = rest.Slice(_byteOrderMark.Length);
        while (rest.StartsWith(MboxText.From) || rest.StartsWith(">From "u8))
        {
            int end = rest.IndexOf((byte)'\n');
            if (end < 0) return false;

            rest = rest.Slice(end + 1);
        }

        return IsField(rest);
    }

    /// <summary>
    /// A name, and a colon. RFC 5322 lets a name have any printable ASCII; but all names in use begin with a letter and have letters,
    /// digits and few signs in them, while times, JSON and XML have colons behind much else.
    /// </summary>
    private static bool IsField(ReadOnlySpan<byte> line)
    {
        int length = 0;
        while (length < line.Length && (IsLetter(line[length]) || (length > 0 && IsInner(line[length])))) length++;
        if (length == 0) return false;

        while (length < line.Length && line[length] is (byte)' ' or (byte)'\t') length++;
        return length < line.Length && line[length] == ':';
    }

    private static bool IsLetter(byte octet) => octet is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z');

    private static bool IsInner(byte octet) => octet is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_' or (byte)'.';
}

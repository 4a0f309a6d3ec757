using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using MimeKit.IO;

namespace ImapPS.Content;

/// <summary>
/// Where a message's headers begin and end, when they do not as they ought to: behind a line of an mbox file, behind or in front of a line
/// of blanks, or with no line between them and the text. A parser of headers finds no message there, or takes the text for headers.
/// </summary>
internal static class MessageHead
{
    private static readonly Encoding _latin1 = Encoding.GetEncoding(28591);
    private static readonly HashSet<string> _fields = new(StringComparer.OrdinalIgnoreCase)
    {
        "bcc", "cc", "content-transfer-encoding", "content-type", "date", "delivered-to", "from", "message-id", "mime-version", "received",
        "references", "in-reply-to", "reply-to", "return-path", "sender", "subject", "to", "user-agent", "content-disposition",
    };

    /// <summary>The message with headers as they ought to be; the same stream when they are so.</summary>
    /// <param name="raw">The message, in a stream that can seek.</param>
    public static Stream Mend(Stream raw)
    {
        raw.Position = 0;
        (byte[] octets, int count, bool isWhole) = ReadHead(raw);
        raw.Position = 0;
        List<string> lines = Lines(_latin1.GetString(octets, 0, count), isWhole);
        int first = First(lines);
        int end = End(lines, first, isWhole);

        // The usual case: nothing in front, and an empty line behind, or no end within what headers may have.
        bool startsWell = first == 0 && (lines.Count == 0 || IsEmpty(lines[0]) || IsField(lines[0]));
        if (startsWell && (end >= lines.Count || IsEmpty(lines[end]))) return raw;

        string head = string.Concat(lines.Skip(first).Take(end - first)).TrimStart(' ', '\t');
        int read = lines.Take(end).Sum(line => line.Length);
        if (end < lines.Count && IsBlank(lines[end])) read += lines[end].Length;
        return Join(_latin1.GetBytes(head + (end < lines.Count ? "\r\n" : string.Empty)), raw, read);
    }

    /// <summary>The first line of the headers.</summary>
    private static int First(List<string> lines)
    {
        int first = 0;
        while (first + 1 < lines.Count)
        {
            string line = lines[first];
            bool isMailbox = line.StartsWith("From ", StringComparison.Ordinal) || line.StartsWith(">From ", StringComparison.Ordinal);
            bool isOther = !IsEmpty(line) && !IsField(line.TrimStart(' ', '\t'));
            if (!isMailbox && !(isOther && IsField(lines[first + 1].TrimStart(' ', '\t')))) break;

            first++;
        }

        return first;
    }

    /// <summary>The line that ends the headers, or in front of which they end.</summary>
    private static int End(List<string> lines, int first, bool isWhole)
    {
        for (int i = first; i < lines.Count; i++)
        {
            string line = lines[i];
            if (IsEmpty(line)) return i;
            if (IsField(i == first ? line.TrimStart(' ', '\t') : line)) continue;
            if (IsBlank(line) ? !AreFields(lines, i + 1) : (i == first || !IsFolded(line)) && isWhole && !HasField(lines, i + 1)) return i;
        }

        return lines.Count;
    }

    /// <summary>True when all that comes up to an empty line are headers, and one of them is of mail.</summary>
    private static bool AreFields(List<string> lines, int from)
    {
        bool isMail = false;
        for (int i = from; i < lines.Count; i++)
        {
            if (IsEmpty(lines[i])) return isMail;
            if (!IsField(lines[i]) && !IsFolded(lines[i])) return false;

            isMail |= IsField(lines[i]) && IsOfMail(lines[i]);
        }

        return false;
    }

    private static bool HasField(List<string> lines, int from)
    {
        for (int i = from; i < lines.Count && !IsEmpty(lines[i]); i++)
        {
            if (IsField(lines[i])) return true;
        }

        return false;
    }

    private static bool IsOfMail(string line)
    {
        string name = line.Substring(0, line.IndexOf(':')).TrimEnd();
        return _fields.Contains(name) || name.StartsWith("X-", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsField(string line)
    {
        int colon = line.IndexOf(':');
        return colon > 0 && line.Substring(0, colon).TrimEnd(' ', '\t').All(c => c is > ' ' and < '\u007f');
    }

    private static bool IsFolded(string line) => line[0] is ' ' or '\t';

    private static bool IsEmpty(string line) => line is "\n" or "\r\n" or "\r";

    private static bool IsBlank(string line) => line.All(c => c is ' ' or '\t' or '\r' or '\n');

    private static (byte[] Octets, int Count, bool IsWhole) ReadHead(Stream raw)
    {
        byte[] octets = new byte[16 * 1024];
        int count = 0;
        while (true)
        {
            int read = raw.Read(octets, count, octets.Length - count);
            if (read == 0) return (octets, count, true);

            int from = Math.Max(0, count - 3);
            count += read;
            bool isWhole = HasEmptyLine(octets, from, count);
            if (isWhole || count >= ContentLimits.HeaderBytes) return (octets, count, isWhole);
            if (count == octets.Length) Array.Resize(ref octets, octets.Length * 2);
        }
    }

    private static bool HasEmptyLine(byte[] octets, int from, int count)
    {
        for (int i = from; i + 1 < count; i++)
        {
            if (octets[i] != '\n') continue;
            if (octets[i + 1] == '\n' || (octets[i + 1] == '\r' && i + 2 < count && octets[i + 2] == '\n')) return true;
        }

        return false;
    }

    /// <summary>The lines up to the first empty one, each with its end.</summary>
    private static List<string> Lines(string text, bool isWhole)
    {
        var lines = new List<string>();
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start) + 1;
            if (end == 0 && !isWhole) break;
            if (end == 0) end = text.Length;

            lines.Add(text.Substring(start, end - start));
            if (IsEmpty(lines[lines.Count - 1]) && lines.Count > 1) break;

            start = end;
        }

        return lines;
    }

    private static ChainedStream Join(byte[] head, Stream raw, long rest)
    {
        var joined = new ChainedStream();
        joined.Add(new MemoryStream(head, writable: false));
        joined.Add(new BoundStream(raw, rest, raw.Length, leaveOpen: true));
        return joined;
    }
}

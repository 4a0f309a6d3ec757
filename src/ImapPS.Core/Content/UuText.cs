using System;
using System.Collections.Generic;
using System.Text;
using MimeKit;

namespace ImapPS.Content;

/// <summary>Files that stand uuencoded within a text, as programs sent them before there was MIME.</summary>
internal static class UuText
{
    private const string Begin = "begin ";

    /// <summary>The text without the files, and the files.</summary>
    /// <param name="text">The text, its lines ending in LF.</param>
    /// <param name="withContent">Whether the files' octets are wanted.</param>
    public static (string Text, IReadOnlyList<EnclosedFile> Files) Take(string text, bool withContent)
    {
        bool mayHold = text.StartsWith(Begin, StringComparison.Ordinal) || text.IndexOf("\n" + Begin, StringComparison.Ordinal) >= 0;
        if (!mayHold) return (text, []);

        var files = new List<EnclosedFile>();
        var rest = new StringBuilder(text.Length);
        for (int start = 0; start < text.Length;)
        {
            int end = EndOfLine(text, start);
            if (NameIn(text.Substring(start, Math.Min(end - start, 300))) is { } name && EndOfFile(text, end) is { } behind)
            {
                byte[] content = Decode(text.Substring(start, behind - start));
                files.Add(new EnclosedFile(name, MimeTypes.GetMimeType(name), content.Length, withContent ? content : []));
                start = behind;
            }
            else
            {
                rest.Append(text, start, end - start);
                start = end;
            }
        }

        return (rest.ToString(), files);
    }

    private static string? NameIn(string line)
    {
        if (!line.StartsWith(Begin, StringComparison.Ordinal) || !UuFilter.IsBegin(Encoding.ASCII.GetBytes(line))) return null;

        int name = line.IndexOf(' ', Begin.Length);
        return name < 0 || line.Substring(name).Trim().Length == 0 ? null : line.Substring(name).Trim();
    }

    /// <summary>Where the file ends that begins there; null where what follows is no such file.</summary>
    private static int? EndOfFile(string text, int start)
    {
        bool isOver = false;
        for (int lines = 0; start < text.Length; lines++)
        {
            int end = EndOfLine(text, start);
            string line = text.Substring(start, Math.Min(end - start, 100)).TrimEnd('\n', '\r');
            start = end;
            if (line == "end") return lines > 0 ? end : null;
            if (line.Trim().Length == 0 || line == "`") isOver = true;
            else if (isOver || !IsData(line)) return null;
        }

        return null;
    }

    /// <summary>A line of data says how long it is. It may be shorter, by its blanks, and longer, by a character for its sum.</summary>
    private static bool IsData(string line)
    {
        int octets = (line[0] - ' ') & 0x3f;
        if (line.Length - 1 > ((octets + 2) / 3 * 4) + 2) return false;

        foreach (char c in line)
        {
            if (c is < ' ' or > '`') return false;
        }

        return octets > 0;
    }

    private static byte[] Decode(string block)
    {
        byte[] encoded = Encoding.ASCII.GetBytes(block);
        byte[] decoded = new UuFilter().Flush(encoded, 0, encoded.Length, out int index, out int length);
        byte[] content = new byte[length];
        Buffer.BlockCopy(decoded, index, content, 0, length);
        return content;
    }

    private static int EndOfLine(string text, int start)
    {
        int end = text.IndexOf('\n', start);
        return end < 0 ? text.Length : end + 1;
    }
}

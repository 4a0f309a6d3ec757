using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using ImapPS.Errors;

namespace ImapPS.Files;

/// <summary>
/// Reads an mbox (RFC 4155) a message at a time, without holding more than a piece of it. A message begins with a line "From ", an
/// address and a date, at the file's beginning or after an empty line; a Content-Length is not trusted, since few programs keep it right.
/// Line ends may be those of Unix or of mail.
/// </summary>
internal static class MboxReader
{
    private const int PieceSize = 64 * 1024;

    /// <summary>More than any separator has; of other lines the beginning will do.</summary>
    private const int LongestSeparator = 512;

    public static bool IsMbox(Stream file)
    {
        byte[] start = new byte[MboxText.From.Length];
        int length = 0;
        for (int read = -1; read != 0 && length < start.Length; length += read) read = file.Read(start, length, start.Length - length);

        return length == start.Length && MboxText.IsFrom(start, length);
    }

    public static IEnumerable<FileMessage> Read(string path, CancellationToken cancellationToken)
    {
        using FileStream file = MessageFiles.Open(path);
        if (file.Length == 0) yield break;

        if (!IsMbox(file)) throw Failures.NotAnMbox(path);

        file.Position = 0;
        int number = 0;
        foreach (Section section in Sections(file, cancellationToken))
        {
            number++;
            yield return new FileMessage(
                path,
                string.Format(CultureInfo.InvariantCulture, "{0}, message {1}", path, number),
                () => new MboxText(MessageFiles.Open(path), section.Start, section.End))
            {
                Received = section.Received,
            };
        }
    }

    private static IEnumerable<Section> Sections(Stream file, CancellationToken cancellationToken)
    {
        byte[] piece = new byte[PieceSize];
        byte[] line = new byte[LongestSeparator];
        int length = 0;
        long position = 0;
        long lineStart = 0;

        // The line before was empty, and began here; the file's beginning counts as one.
        long emptyStart = 0;
        bool afterEmpty = true;
        (long Start, DateTimeOffset? Received)? open = null;
        for (int read = file.Read(piece, 0, piece.Length); read > 0; read = file.Read(piece, 0, piece.Length))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < read; i++)
            {
                position++;
                if (length < line.Length) line[length++] = piece[i];
                if (piece[i] != '\n') continue;

                // The file's first line begins a message whatever follows its "From ".
                if (afterEmpty && MboxText.IsFrom(line, length) && (SeparatorDate.Parse(line, length) is { } || open is null))
                {
                    if (open is { } ended) yield return new Section(ended.Start, emptyStart, ended.Received);

                    open = (position, SeparatorDate.Parse(line, length));
                    afterEmpty = false;
                }
                else
                {
                    afterEmpty = length == 1 || (length == 2 && line[0] == '\r');
                    emptyStart = lineStart;
                }

                length = 0;
                lineStart = position;
            }
        }

        if (open is { } last)
        {
            yield return new Section(last.Start, afterEmpty && lineStart == position ? emptyStart : position, last.Received);
        }
    }

    /// <summary>A message's octets in the file, without the empty line that follows them.</summary>
    private sealed record Section(long Start, long End, DateTimeOffset? Received);
}

using System;
using System.IO;
using ImapPS.Errors;
using ImapPS.Files;

namespace ImapPS.Backups;

/// <summary>
/// Reads a manifest. What a crash has left of a last line is no line; any other line that cannot be read is passed over, since the next
/// backup fetches again what it does not know.
/// </summary>
internal static class ManifestReader
{
    private const byte LineEnd = DurableLines.End;

    private const int ByteOrderMark = 3;

    private const int FirstBuffer = 256 * 1024;

    /// <summary>Reads the manifest of a backup that others may be adding to.</summary>
    public static BackupContents Read(string root)
    {
        string path = Path.Combine(root, BackupPaths.Manifest);
        if (File.Exists(root)) throw Failures.BackupIsFile(root);
        if (!File.Exists(path)) throw Failures.BackupNotFound(root);

        try
        {
            using FileStream file = MessageFiles.Open(path);
            return Read(file, path).Contents;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotRead(path, failed, path);
        }
    }

    /// <summary>Reads from the beginning.</summary>
    /// <returns>What the lines tell, and where the last one ends that is whole.</returns>
    public static (BackupContents Contents, long End) Read(Stream file, string path)
    {
        var contents = new BackupContents();
        byte[] buffer = new byte[FirstBuffer];
        int held = 0;
        int number = 0;
        long end = 0;
        while (true)
        {
            int read = file.Read(buffer, held, buffer.Length - held);
            if (read == 0)
            {
                contents.TornOctets = held;
                return (contents, end);
            }

            int all = held + read;
            int start = 0;
            for (int at = Array.IndexOf(buffer, LineEnd, held, read); at >= 0; at = Array.IndexOf(buffer, LineEnd, start, all - start))
            {
                int mark = number++ == 0 && HasMark(buffer, at) ? ByteOrderMark : 0;
                Apply(contents, ManifestLine.Read(buffer, start + mark, at - start - mark), number, path);
                end += at + 1 - start;
                start = at + 1;
            }

            held = all - start;
            Buffer.BlockCopy(buffer, start, buffer, 0, held);
            if (held == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    /// <summary>An editor may have put a byte order mark at the beginning.</summary>
    private static bool HasMark(byte[] buffer, int length) =>
        length >= ByteOrderMark && buffer[0] == 0xEF && buffer[1] == 0xBB && buffer[2] == 0xBF;

    private static void Apply(BackupContents contents, ManifestLine? line, int number, string path)
    {
        if (line is { V: > ManifestLine.Version }) throw Failures.BackupTooNew(path, line.V);
        contents.Apply(line, number);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Files;

/// <summary>Reads the messages of files, in whatever format they are.</summary>
internal static class MessageFiles
{
    /// <summary>The messages of a file, or of a Maildir. Each is read only when it is opened.</summary>
    /// <param name="path">The file, or the directory.</param>
    /// <param name="format">Its format; null to find out.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static IEnumerable<FileMessage> Read(string path, ImapMessageFormat? format, CancellationToken cancellationToken)
    {
        // A Maildir's delivery may move a file from new to cur, but a directory stays one.
        if (!File.Exists(path) && !Directory.Exists(path)) throw Failures.FileNotFound(path);

        return (format ?? FormatOf(path)) switch
        {
            ImapMessageFormat.Maildir => MaildirReader.Read(path),
            ImapMessageFormat.Mbox => MboxReader.Read(path, cancellationToken),
            _ => [Eml(path)],
        };
    }

    /// <summary>Opens a file that others may be writing to, moving or removing.</summary>
    public static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public static DateTimeOffset TimeOf(string path) => new(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);

    private static FileMessage Eml(string path) => new(path, path, () => Open(path)) { Received = TimeOf(path) };

    /// <summary>
    /// A directory is a Maildir; a file's extension tells, or else its first line. Any file could be sent as a message, so one that does
    /// not look like it is refused.
    /// </summary>
    private static ImapMessageFormat FormatOf(string path)
    {
        if (Directory.Exists(path)) return ImapMessageFormat.Maildir;

        string extension = Path.GetExtension(path);
        if (extension.Equals(".eml", StringComparison.OrdinalIgnoreCase)) return ImapMessageFormat.Eml;
        if (extension.Equals(".mbox", StringComparison.OrdinalIgnoreCase)) return ImapMessageFormat.Mbox;

        using FileStream file = Open(path);
        if (MboxReader.IsMbox(file)) return ImapMessageFormat.Mbox;

        file.Position = 0;
        return file.Length == 0 || HeaderStart.IsIn(file) ? ImapMessageFormat.Eml : throw Failures.NotAMessageFile(path);
    }
}

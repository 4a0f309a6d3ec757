using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Files;

/// <summary>
/// Reads a Maildir: what is in cur and in new, with the flags of the files' names. tmp holds what nobody has finished writing.
/// </summary>
internal static class MaildirReader
{
    // A colon cannot be in a file's name on Windows; programs there use a semicolon or an exclamation mark.
    private static readonly string[] _infoMarks = [":2,", ";2,", "!2,"];

    private static readonly string[] _folders = ["cur", "new"];

    public static IEnumerable<FileMessage> Read(string directory)
    {
        string[] parts = [.. _folders.Select(part => Path.Combine(directory, part)).Where(Directory.Exists)];
        if (parts.Length == 0) throw Failures.NotAMaildir(directory);

        // Names begin with the time of delivery, so their order is that of the messages.
        return parts
            .SelectMany(Directory.EnumerateFiles)
            .Select(path => (Path: path, Name: Path.GetFileName(path)))
            .Where(file => file.Name[0] != '.')
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new FileMessage(file.Path, file.Path, () => MessageFiles.Open(file.Path))
            {
                Received = MessageFiles.TimeOf(file.Path),
                Flags = FlagsOf(file.Name),
            });
    }

    private static ImapMessageFlags FlagsOf(string name)
    {
        int mark = _infoMarks.Max(info => name.LastIndexOf(info, StringComparison.Ordinal));
        var flags = ImapMessageFlags.None;
        foreach (char letter in mark < 0 ? string.Empty : name.Substring(mark + 3))
        {
            flags |= letter switch
            {
                'D' => ImapMessageFlags.Draft,
                'F' => ImapMessageFlags.Flagged,
                'R' => ImapMessageFlags.Answered,
                'S' => ImapMessageFlags.Seen,
                'T' => ImapMessageFlags.Deleted,
                _ => ImapMessageFlags.None,
            };
        }

        return flags;
    }
}

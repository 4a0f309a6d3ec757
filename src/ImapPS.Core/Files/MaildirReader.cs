using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ImapPS.Errors;

namespace ImapPS.Files;

/// <summary>
/// Reads a Maildir: what is in cur and in new, with the flags of the files' names. tmp holds what nobody has finished writing.
/// </summary>
internal static class MaildirReader
{
    private static readonly string[] _folders = [MaildirNames.Current, MaildirNames.New];

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
                Flags = MaildirNames.FlagsOf(file.Name),
            });
    }
}

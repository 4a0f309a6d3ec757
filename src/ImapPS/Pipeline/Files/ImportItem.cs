using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Models;

namespace ImapPS.Pipeline.Files;

/// <summary>Something that holds messages to import: a file, a Maildir, or what a script has built.</summary>
/// <param name="Target">What an error about it names.</param>
/// <param name="Size">Its octets, as far as they are known.</param>
/// <param name="Read">Its messages.</param>
internal sealed record ImportItem(object Target, long Size, Func<IEnumerable<FileMessage>> Read)
{
    public static ImportItem OfFile(string path, ImapMessageFormat? format) =>
        new(path, File.Exists(path) ? new FileInfo(path).Length : 0, () => MessageFiles.Read(path, format));

    /// <summary>True when there are more messages in these than so many. What cannot be read is told when its turn comes.</summary>
    public static bool AreMore(IEnumerable<ImportItem> items, int limit)
    {
        long count = 0;
        foreach (ImportItem item in items)
        {
            try
            {
                foreach (FileMessage _ in item.Read())
                {
                    if (++count > limit) return true;
                }
            }
            catch (Exception unreadable) when (unreadable is ImapException or IOException or UnauthorizedAccessException)
            {
                // The import says so itself.
            }
        }

        return false;
    }

    /// <summary>Raw text, which is sent as UTF-8, or raw octets.</summary>
    public static ImportItem OfContent(object content, int number)
    {
        byte[] octets = content switch
        {
            byte[] raw => raw,
            string text => Encoding.UTF8.GetBytes(text),
            _ => throw Failures.ArgumentInvalid($"-Content takes text or bytes, and not a {content.GetType().Name}.",
                "Give the message as one string, or as byte[].", content),
        };
        string name = string.Format(CultureInfo.InvariantCulture, "content {0}", number);
        return new ImportItem(content, octets.Length, () =>
            [new FileMessage(string.Empty, name, () => new MemoryStream(octets, writable: false))]);
    }
}

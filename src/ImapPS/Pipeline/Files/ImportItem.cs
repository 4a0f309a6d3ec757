using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Models;

namespace ImapPS.Pipeline.Files;

/// <summary>Something that holds messages to import: a file, a Maildir, or what a script has built.</summary>
/// <param name="Target">What an error about it names.</param>
/// <param name="Size">Its octets, as far as they are known.</param>
/// <param name="Read">Its messages.</param>
internal sealed record ImportItem(object Target, long Size, Func<CancellationToken, IEnumerable<FileMessage>> Read)
{
    public static ImportItem OfFile(string path, ImapMessageFormat? format) =>
        new(path, new FileInfo(path) is { Exists: true } file ? file.Length : 0, cancellationToken =>
            MessageFiles.Read(path, format, cancellationToken));

    /// <summary>Refuses more messages in these than so many. What cannot be read is told when its turn comes.</summary>
    public static async Task RefuseMoreAsync(IEnumerable<ImportItem> items, int limit, CancellationToken cancellationToken)
    {
        long count = 0;
        foreach (ImportItem item in items)
        {
            try
            {
                using PatientReader<IEnumerator<FileMessage>> messages = item.Open(cancellationToken);
                while (await NextAsync(messages, cancellationToken).ConfigureAwait(false) is not null)
                {
                    if (++count > limit) throw Failures.LimitExceeded(limit);
                }
            }
            catch (Exception unreadable) when (unreadable is ImapException { Id: not ImapErrorId.LimitExceeded } or IOException
                or UnauthorizedAccessException)
            {
                // The import says so itself.
            }
        }
    }

    /// <summary>Its messages, to be read one by one.</summary>
    public PatientReader<IEnumerator<FileMessage>> Open(CancellationToken cancellationToken) =>
        new(() => Read(cancellationToken).GetEnumerator());

    /// <summary>The next message; null at the end.</summary>
    public static Task<FileMessage?> NextAsync(PatientReader<IEnumerator<FileMessage>> messages, CancellationToken cancellationToken) =>
        messages.ReadAsync(from => Task.FromResult(from.MoveNext() ? from.Current : null), cancellationToken);

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
        return new ImportItem(content, octets.Length, _ =>
            [new FileMessage(string.Empty, name, () => new MemoryStream(octets, writable: false))]);
    }
}

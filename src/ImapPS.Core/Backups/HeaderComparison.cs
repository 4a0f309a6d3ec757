using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using MailKit;
using MimeKit;

namespace ImapPS.Backups;

/// <summary>Compares the headers of messages on the server with those of files, field by field, octet by octet.</summary>
internal static class HeaderComparison
{
    /// <summary>The most headers of one command.</summary>
    public const int MostMessages = 500;

    /// <summary>The headers of messages; of those that cannot be read there are none.</summary>
    public static async Task<Dictionary<uint, HeaderList>> ReadAsync(MailboxAccess mailbox, string folder, uint uidValidity,
        IReadOnlyList<uint> uids, CancellationToken cancellationToken)
    {
        try
        {
            return await mailbox.InFolderAsync(
                folder,
                FolderAccess.ReadOnly,
                uidValidity,
                async (_, opened, abort) =>
                {
                    IList<IMessageSummary> summaries = await opened.FetchAsync(UidSets.ToSet(uids),
                        new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Headers), abort).ConfigureAwait(false);
                    var headers = new Dictionary<uint, HeaderList>();
                    foreach (IMessageSummary summary in summaries.Where(one => one.Headers is { Count: > 0 }))
                    {
                        headers[summary.UniqueId.Id] = summary.Headers!;
                    }

                    return headers;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException failed) when (failed.Id == ImapErrorId.ProtocolError || Loss.IsRefusal(failed))
        {
            // Then they are fetched whole, one by one if need be.
            return [];
        }
    }

    /// <summary>Whether the header of a file is that one.</summary>
    public static bool IsIn(Func<Stream> open, HeaderList headers)
    {
        try
        {
            using Stream file = open();
            return HeaderList.Load(file).Select(Field).SequenceEqual(headers.Select(Field), StringComparer.Ordinal);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    /// <summary>The octets of a field as text, without the line end, which the last field of a section may lack.</summary>
    private static string Field(Header header) =>
        Text(header.RawField) + ":" + Text(header.RawValue).TrimEnd('\r', '\n');

    private static string Text(byte[] octets)
    {
        char[] text = new char[octets.Length];
        for (int i = 0; i < text.Length; i++) text[i] = (char)octets[i];
        return new string(text);
    }
}

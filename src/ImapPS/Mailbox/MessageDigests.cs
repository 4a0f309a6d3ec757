using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Mailbox;

/// <summary>Digests of messages in a folder, for which they are downloaded.</summary>
internal static class MessageDigests
{
    private const int MostMessages = 50;

    /// <summary>The SHA-256 of each message that is there, by its UID.</summary>
    public static async Task<Dictionary<uint, string>> ReadAsync(MailboxAccess mailbox, TransferDestination folder, IEnumerable<uint> uids, CancellationToken cancellationToken)
    {
        var digests = new Dictionary<uint, string>();
        foreach (IReadOnlyList<uint> piece in UidSets.Split(uids.OrderBy(uid => uid), _ => MostMessages))
        {
            await mailbox.InFolderAsync(
                folder.Path,
                FolderAccess.ReadOnly,
                folder.UidValidity,
                async (_, opened, abort) =>
                {
                    await ((ImapFolder)opened).GetStreamsAsync(
                        UidSets.ToSet(piece),
                        (_, _, uid, stream, _) =>
                        {
                            using SHA256 hash = SHA256.Create();
                            digests[uid.Id] = Convert.ToBase64String(hash.ComputeHash(stream));
                            return Task.CompletedTask;
                        },
                        abort).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return digests;
    }
}

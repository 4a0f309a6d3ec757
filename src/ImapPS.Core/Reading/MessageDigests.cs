using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Transfers;

namespace ImapPS.Reading;

/// <summary>Digests of messages in a folder, for which they are downloaded, and not kept.</summary>
internal static class MessageDigests
{
    /// <summary>The SHA-256 of each message that is there, by its UID.</summary>
    public static async Task<Dictionary<uint, string>> ReadAsync(MailboxAccess mailbox, string folder, uint? uidValidity,
        IEnumerable<MessageSize> messages, CancellationToken cancellationToken)
    {
        var digests = new Dictionary<uint, string>();
        IAsyncEnumerable<DownloadResult> results = new MessageDownloader(mailbox)
            .DownloadAsync(folder, uidValidity, messages, _ => new DigestStream(), Note, cancellationToken);
        await foreach (DownloadResult result in results.ConfigureAwait(false))
        {
            foreach (DownloadFailure failed in result.Failed)
            {
                // A stream that writes nowhere does not fail, unless this program does.
                if (failed.Exception is not ImapException unreadable) throw failed.Exception;
                mailbox.Caller.Error(unreadable);
            }
        }

        return digests;

        Task Note(uint uid, Stream stream, CancellationToken token)
        {
            digests[uid] = ((DigestStream)stream).Finish();
            return Task.CompletedTask;
        }
    }

    private sealed class DigestStream : CryptoStream
    {
        private readonly SHA256 _hash;

        public DigestStream()
            : this(SHA256.Create())
        {
        }

        private DigestStream(SHA256 hash)
            : base(Null, hash, CryptoStreamMode.Write) => _hash = hash;

        public string Finish()
        {
            FlushFinalBlock();
            return Convert.ToBase64String(_hash.Hash!);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing) _hash.Dispose();
        }
    }
}

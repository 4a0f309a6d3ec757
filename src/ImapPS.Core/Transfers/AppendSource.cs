using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Models;
using ImapPS.Reading;
using MimeKit;

namespace ImapPS.Transfers;

/// <summary>A message to be appended: where its octets come from, and what the folder is to know of it beside them.</summary>
/// <param name="name">What errors call it.</param>
/// <param name="open">Opens its octets from the beginning, once for a small message, and again each time that a large one is sent.</param>
internal sealed class AppendSource(string name, Func<Stream> open)
{
    /// <summary>A message of up to this size is kept from its first reading; a larger one is read again when it is sent.</summary>
    private const int MostKept = 1024 * 1024;

    /// <summary>MailKit takes the first line as an array, however long it is.</summary>
    private const int LongestLine = 64 * 1024 * 1024;

    private const int LineEnd = 2;

    private byte[] _kept = [];
    private byte[] _firstLine = [];
    private bool _hasLineEnd;
    private string? _digest;
    private bool _isMeasured;

    public string Name { get; } = name;

    /// <summary>What an error about it hands to the caller.</summary>
    public object? Target { get; init; }

    public ImapMessageFlags Flags { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>The INTERNALDATE; the server's time of day where there is none.</summary>
    public DateTimeOffset? Received { get; init; }

    /// <summary>The octets that the server gets. Known once it is measured.</summary>
    public long Size { get; private set; }

    /// <summary>The Message-ID without its angle brackets, or empty. Known once it is measured.</summary>
    public string MessageId { get; private set; } = string.Empty;

    /// <summary>True when all octets may have been handed over since it last became MIME: else the server cannot have it.</summary>
    public bool IsSent { get; private set; }

    /// <summary>True when the connection broke for good, and nobody could look whether the server has the message.</summary>
    public bool MayHaveArrived { get; set; }

    /// <summary>True when it goes without its keywords, since the folder refuses it with them.</summary>
    public bool IsBare { get; set; }

    /// <summary>What it keeps in memory once it is measured.</summary>
    public long InMemory => Math.Max(_kept.Length, _firstLine.Length);

    /// <summary>Reads it through, to learn its size and its Message-ID, and that IMAP can carry it.</summary>
    public Task MeasureAsync(CancellationToken cancellationToken) =>
        _isMeasured ? Task.CompletedTask : MeasureAsync(take => ForEachPieceAsync(take, cancellationToken));

    /// <summary>The same, where whoever waits for it waits elsewhere: a read that hangs holds up the thread that asks.</summary>
    public async Task MeasureHereAsync(CancellationToken cancellationToken)
    {
        using Stream source = await ReadingAsync(() => Task.FromResult(open())).ConfigureAwait(false);
        if (await ReadingAsync(() => Task.FromResult(WholeMessage.Read(source, MostKept))).ConfigureAwait(false) is not { } whole)
        {
            await MeasureAsync(take => ForEachPieceAsync(source, take, cancellationToken)).ConfigureAwait(false);
            return;
        }

        RefuseNul(whole, whole.Length);
        Learn(whole, whole.Length);
    }

    private async Task MeasureAsync(Func<Func<byte[], int, Task>, Task> forEachPiece)
    {
        using var start = new MemoryStream();
        long size = 0;
        bool hasLineEnd = false;
        await forEachPiece((bytes, count) =>
        {
            RefuseNul(bytes, count);
            size += count;
            int kept = (int)Math.Min(count, Math.Max(0, MostKept - start.Length));
            if (!hasLineEnd)
            {
                int end = Array.IndexOf(bytes, (byte)'\n', 0, count);
                hasLineEnd = end >= 0;
                kept = Math.Max(kept, hasLineEnd ? end + 1 : count);
                if (start.Length + kept > LongestLine) throw Failures.MessageLineTooLong(Name, LongestLine, Target);
            }

            start.Write(bytes, 0, kept);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        Learn(start.ToArray(), size);
    }

    private void RefuseNul(byte[] bytes, int count)
    {
        if (Array.IndexOf(bytes, (byte)0, 0, count) >= 0) throw Failures.MessageHasNul(Name, Target);
    }

    private void Learn(byte[] kept, long size)
    {
        if (size == 0) throw Failures.MessageEmpty(Name, Target);

        int firstEnd = Array.IndexOf(kept, (byte)'\n');
        _hasLineEnd = firstEnd >= 0;
        _firstLine = new byte[_hasLineEnd ? firstEnd + 1 - LineEnd : kept.Length];
        Buffer.BlockCopy(kept, 0, _firstLine, 0, _firstLine.Length);
        MessageId = kept.Length > MostKept ? string.Empty : HeaderSection.MessageId(kept);
        if (size <= MostKept) _kept = kept;
        Size = size;
        _isMeasured = true;
    }

    /// <summary>The SHA-256 of the octets that the server gets.</summary>
    public async Task<string> DigestAsync(CancellationToken cancellationToken)
    {
        if (_digest is not null) return _digest;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await ForEachPieceAsync(
            (bytes, count) =>
            {
                hash.AppendData(bytes, 0, count);
                return Task.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        return _digest = Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>
    /// The message as MailKit appends it. It writes the header fields, an empty line's CRLF, and then the body; here the one field is
    /// the first line, as it is, that CRLF is the line's own, and the body is all that follows, whatever it is.
    /// </summary>
    public MimeMessage ToMime()
    {
        // Of a message that has no line nobody hears how far it has gone.
        IsSent = !_hasLineEnd;
        return RawMime.Of(_firstLine, _hasLineEnd ? new Rest(this) : null);
    }

    private async Task SendRestAsync(Stream target, CancellationToken cancellationToken)
    {
        int skipped = _firstLine.Length + LineEnd;
        if (_kept.Length > 0)
        {
            await target.WritePartAsync(_kept, skipped, _kept.Length - skipped, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            long position = 0;
            await ForEachPieceAsync(
                (bytes, count) =>
                {
                    int from = (int)Math.Min(count, Math.Max(0, skipped - position));
                    position += count;
                    return position > Size
                        ? throw Failures.FileChanged(Name, Target)
                        : target.WritePartAsync(bytes, from, count - from, cancellationToken);
                },
                cancellationToken).ConfigureAwait(false);

            // The server has been told a length. It drops a literal that ends before, together with the connection.
            if (position != Size) throw Failures.FileChanged(Name, Target);
        }

        IsSent = true;
    }

    private async Task ForEachPieceAsync(Stream stream, Func<byte[], int, Task> take, CancellationToken cancellationToken)
    {
        using var reader = new CanonicalReader(stream);
        while (await ReadingAsync(() => reader.ReadAsync(cancellationToken)).ConfigureAwait(false) is > 0 and int read)
        {
            await take(reader.Buffer, read).ConfigureAwait(false);
        }
    }

    private async Task ForEachPieceAsync(Func<byte[], int, Task> take, CancellationToken cancellationToken)
    {
        using var source = new PatientReader<CanonicalReader>(() =>
            new CanonicalReader(_isMeasured && _kept.Length > 0 ? new MemoryStream(_kept, writable: false) : open()));
        while (true)
        {
            (byte[] bytes, int count) = await ReadingAsync(() => source.ReadAsync(
                async reader => (reader.Buffer, await reader.ReadAsync(cancellationToken).ConfigureAwait(false)), cancellationToken))
                .ConfigureAwait(false);
            if (count == 0) return;

            await take(bytes, count).ConfigureAwait(false);
        }
    }

    /// <summary>What goes wrong with the source must not be taken for the connection's fault.</summary>
    private async Task<T> ReadingAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Failures.FileNotRead(Name, failed, Target);
        }
    }

    /// <summary>All that follows the first line.</summary>
    private sealed class Rest : MimeEntity
    {
        private static readonly byte[] _nothing = new byte[64 * 1024];

        private readonly AppendSource _source;

        public Rest(AppendSource source)
            : base("text", "plain")
        {
            _source = source;
            Headers.Clear();
        }

        public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
        {
        }

        /// <summary>MailKit calls this only to count: the octets need not be read for that.</summary>
        public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
        {
            for (long left = _source.Size - _source._firstLine.Length - LineEnd; left > 0; left -= _nothing.Length)
            {
                stream.Write(_nothing, 0, (int)Math.Min(left, _nothing.Length));
            }
        }

        public override Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly,
            CancellationToken cancellationToken = default) =>
            _source.SendRestAsync(stream, cancellationToken);
    }
}

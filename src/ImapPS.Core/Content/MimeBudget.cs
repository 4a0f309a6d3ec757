using System;
using System.IO;
using System.Threading;
using ImapPS.Files;
using MimeKit;

namespace ImapPS.Content;

/// <summary>What has been counted of a message, and of those inside its signatures.</summary>
internal sealed class MimeTally
{
    public int Parts { get; set; }

    public int Headers { get; set; }

    /// <summary>What has to be written otherwise in the headers.</summary>
    public HeaderEdits Edits { get; set; } = new();

    /// <summary>True when there are more levels than are gone down.</summary>
    public bool IsTooDeep { get; set; }
}

/// <summary>
/// Counts what a message is made of before anything is built of it: a part of six octets is an object of hundreds, and a header of a
/// hundred megabytes is several times that in memory.
/// </summary>
internal sealed class MimeBudget : MimeReader
{
    private readonly CountedStream _raw;
    private readonly MimeTally _tally;
    private long _end = -1;
    private int _level;

    private MimeBudget(CountedStream raw, MimeTally tally)
        : base(ContentReader.Options, raw, MimeFormat.Entity)
    {
        _raw = raw;
        _tally = tally;
    }

    /// <summary>How many octets of a message can be read within the budget; null for all of them.</summary>
    /// <param name="raw">The message.</param>
    /// <param name="tally">What has been counted before, of the message around this one; this one is added.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static long? EndOf(Stream raw, MimeTally tally, CancellationToken cancellationToken)
    {
        using var counted = new CountedStream(raw);
        var budget = new MimeBudget(counted, tally);
        try
        {
            budget.ReadEntity(cancellationToken);
        }
        catch (FormatException)
        {
            // Nothing that begins as headers do; the parser will say so too.
        }

        return budget._end >= 0 ? budget._end : counted.End;
    }

    /// <inheritdoc/>
    protected override void OnHeadersBegin(long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        _raw.HeadersBegin = beginOffset;
        _tally.Edits.Begin();
        if (++_tally.Parts > ContentLimits.Parts) Stop(beginOffset);
    }

    /// <inheritdoc/>
    protected override void OnHeaderRead(Header header, int beginLineNumber, CancellationToken cancellationToken)
    {
        _tally.Edits.Look(header);
        if (++_tally.Headers > ContentLimits.Headers && header.Offset is { } offset) Stop(offset);
    }

    /// <inheritdoc/>
    protected override void OnHeadersEnd(long beginOffset, int beginLineNumber, long endOffset, int endLineNumber,
        CancellationToken cancellationToken) => _raw.HeadersBegin = null;

    /// <inheritdoc/>
    protected override void OnMultipartBegin(ContentType contentType, long beginOffset, int beginLineNumber,
        CancellationToken cancellationToken) => _level++;

    /// <inheritdoc/>
    protected override void OnMultipartEnd(ContentType contentType, long beginOffset, int beginLineNumber,
        long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) => _level--;

    /// <inheritdoc/>
    protected override void OnMessagePartBegin(ContentType contentType, long beginOffset, int beginLineNumber,
        CancellationToken cancellationToken) => _level++;

    /// <inheritdoc/>
    protected override void OnMessagePartEnd(ContentType contentType, long beginOffset, int beginLineNumber,
        long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) => _level--;

    /// <inheritdoc/>
    protected override void OnMimePartBegin(ContentType contentType, long beginOffset, int beginLineNumber,
        CancellationToken cancellationToken)
    {
        // At the last level, what would have parts of its own is one itself.
        if (_level >= ContentLimits.Depth - 2 && (contentType.IsMimeType("multipart", "*") || contentType.IsMimeType("message", "rfc822")))
        {
            _tally.IsTooDeep = true;
        }
    }

    private void Stop(long offset)
    {
        if (_end >= 0) return;

        _end = offset;
        _raw.IsOver = true;
    }

    /// <summary>A message's octets, which end early when headers have no end.</summary>
    private sealed class CountedStream(Stream raw) : ForwardReader
    {
        private long _position;

        /// <summary>Where the headers begin that are being read.</summary>
        public long? HeadersBegin { get; set; }

        public bool IsOver { get; set; }

        /// <summary>Where the message was cut off; null when it was not.</summary>
        public long? End { get; private set; }

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (HeadersBegin is { } begin && _position - begin > ContentLimits.HeaderBytes)
            {
                End ??= _position;
                IsOver = true;
            }

            int read = IsOver ? 0 : raw.Read(buffer, offset, count);
            _position += read;
            return read;
        }
    }
}

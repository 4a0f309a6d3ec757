using System;
using System.IO;
using ImapPS.Files;

namespace ImapPS.Transfers;

/// <summary>
/// What MailKit writes a download to. It never throws: an exception out of it would end the connection, and a full disk would look
/// like a broken line, to be tried again. It notes the failure instead, and swallows the rest.
/// </summary>
internal sealed class IncomingStream : ForwardWriter
{
    private readonly Stream? _target;
    private readonly Action<int>? _received;
    private long _written;

    public IncomingStream(Func<Stream> open, Action<int>? received)
    {
        _received = received;
        try
        {
            _target = open();
        }
        catch (Exception failed)
        {
            Failure = failed;
        }
    }

    /// <summary>What the target threw, if it did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How many octets the server has announced; negative while that is not known.</summary>
    public long Announced { get; set; } = -1;

    /// <summary>True when all has come that was announced.</summary>
    public bool IsWhole => Announced < 0 || Announced == _written;

    /// <summary>The stream that was opened; only for one without a failure.</summary>
    public Stream Target => _target ?? throw new InvalidOperationException("The target could not be opened.");

    public override long Length => _written;

    // MailKit rewinds what it has written; there is nothing to read here.
    public override long Position
    {
        get => _written;
        set
        {
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        _written += count;
        _received?.Invoke(count);
        if (Failure is not null) return;

        try
        {
            Target.Write(buffer, offset, count);
        }
        catch (Exception failed)
        {
            Failure = failed;
        }
    }

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing) _target?.Dispose();
        }
        catch (Exception failed)
        {
            // A file writes the rest of its buffer as it is closed.
            Failure ??= failed;
        }

        base.Dispose(disposing);
    }
}

using System;

namespace ImapPS.Models;

/// <summary>What a cmdlet has changed, in all.</summary>
public sealed class ImapChangeSummary
{
    internal ImapChangeSummary()
    {
    }

    /// <summary>The cmdlet's name.</summary>
    public string Command { get; internal init; } = string.Empty;

    /// <summary>How many messages were changed.</summary>
    public long Messages { get; internal init; }

    /// <summary>The octets of these messages together (RFC822.SIZE).</summary>
    public long Bytes { get; internal init; }

    /// <summary>When the oldest of them was received; null when that is not known of any.</summary>
    public DateTimeOffset? Oldest { get; internal init; }

    /// <summary>When the newest of them was received; null when that is not known of any.</summary>
    public DateTimeOffset? Newest { get; internal init; }

    /// <summary>How many batches they went in.</summary>
    public int Batches { get; internal init; }

    /// <summary>How often the connection was lost, and the work taken up again.</summary>
    public int Retries { get; internal init; }

    /// <summary>How many errors were written. One may be about a whole batch, as when its folder is gone.</summary>
    public int Errors { get; internal init; }

    /// <summary>How long it took, with what the pipeline did meanwhile.</summary>
    public TimeSpan Elapsed { get; internal init; }
}

using System;

namespace ImapPS.Models;

/// <summary>A summary of what a cmdlet has changed.</summary>
public sealed class ImapChangeSummary
{
    internal ImapChangeSummary()
    {
    }

    /// <summary>The name of the cmdlet.</summary>
    public string Command { get; internal init; } = string.Empty;

    /// <summary>The number of changed messages.</summary>
    public long Messages { get; internal init; }

    /// <summary>The total size of these messages, in octets (RFC822.SIZE).</summary>
    public long Bytes { get; internal init; }

    /// <summary>The time at which the oldest of the messages was received. Null if it is not known of any message.</summary>
    public DateTimeOffset? Oldest { get; internal init; }

    /// <summary>The time at which the newest of the messages was received. Null if it is not known of any message.</summary>
    public DateTimeOffset? Newest { get; internal init; }

    /// <summary>The number of batches.</summary>
    public int Batches { get; internal init; }

    /// <summary>The number of times that the connection was lost and the work continued.</summary>
    public int Retries { get; internal init; }

    /// <summary>The number of errors. One error may be about a whole batch, for example if its folder no longer exists.</summary>
    public int Errors { get; internal init; }

    /// <summary>The time that the cmdlet ran, including the other commands of the pipeline.</summary>
    public TimeSpan Elapsed { get; internal init; }
}

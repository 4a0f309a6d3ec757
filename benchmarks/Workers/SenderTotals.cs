using System;
using MailKit;

namespace ImapPS.Benchmarks.Workers;

/// <summary>What is counted of one sender's messages.</summary>
internal sealed class SenderTotals
{
    public int Count { get; private set; }

    public long Size { get; private set; }

    public int Unread { get; private set; }

    public DateTimeOffset Oldest { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset Newest { get; private set; } = DateTimeOffset.MinValue;

    public void Add(IMessageSummary summary)
    {
        Count++;
        Size += summary.Size ?? 0;
        if (summary.Flags is { } flags && !flags.HasFlag(MessageFlags.Seen)) Unread++;
        if (summary.InternalDate is not { } date) return;
        if (date < Oldest) Oldest = date;
        if (date > Newest) Newest = date;
    }
}

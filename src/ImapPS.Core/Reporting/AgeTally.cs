using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Reporting;

/// <summary>Counts messages by how long ago they were received.</summary>
/// <param name="now">The time from which the age is counted.</param>
internal sealed class AgeTally(DateTimeOffset now)
{
    /// <summary>The classes, and the ages in days from which each is older than the one before.</summary>
    private static readonly (string Name, int Days)[] _classes =
    [
        ("Last 7 days", int.MinValue), ("8–30 days", 7), ("31–90 days", 30), ("91–365 days", 90), ("1–2 years", 365),
        ("2–5 years", 2 * 365), ("Over 5 years", 5 * 365),
    ];

    private readonly MessageGroup[] _groups = [.. _classes.Select(one => new MessageGroup([one.Name])), new(["Unknown"])];

    /// <summary>The classes, the youngest first. Messages whose time of receipt is not known come last, if there are any.</summary>
    public IReadOnlyList<MessageGroup> Groups => [.. _groups.Where((group, i) => i < _classes.Length || group.Count > 0)];

    public void Add(ImapMessage message) => _groups[IndexOf(message.Received)].Add(message, folder: 0);

    private int IndexOf(DateTimeOffset? received) => received is { } time
        ? Array.FindLastIndex(_classes, one => (now - time).TotalDays > one.Days)
        : _classes.Length;
}

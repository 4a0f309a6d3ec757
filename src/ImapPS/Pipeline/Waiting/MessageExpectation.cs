using System.Globalization;
using ImapPS.Models;

namespace ImapPS.Pipeline.Waiting;

/// <summary>How many messages are expected.</summary>
/// <param name="AtLeast">The fewest.</param>
/// <param name="AtMost">The most; null when any more will do.</param>
internal sealed record MessageExpectation(int AtLeast, int? AtMost)
{
    public bool IsMet(int count) => count >= AtLeast && !IsExceeded(count);

    public bool IsExceeded(int count) => count > AtMost;

    /// <summary>True when no message that may still come makes it wrong.</summary>
    public bool IsSettled(int count) => IsExceeded(count) || (AtMost is null && count >= AtLeast);

    /// <summary>The expectation in words, such as: at least 2 messages.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => (AtLeast, AtMost) switch
    {
        (_, 0) => "no message",
        (0, { } most) => "at most " + DisplayText.Count(most, "message"),
        (_, null) => "at least " + DisplayText.Count(AtLeast, "message"),
        (_, { } most) when most == AtLeast => "exactly " + DisplayText.Count(most, "message"),
        (_, { } most) => string.Format(CultureInfo.InvariantCulture, "{0:N0} to {1}", AtLeast, DisplayText.Count(most, "message")),
    };
}

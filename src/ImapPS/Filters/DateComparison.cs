using System;
using System.Globalization;
using System.Management.Automation;
using ImapPS.Search;

namespace ImapPS.Filters;

/// <summary>
/// Comparisons of Received and Date. A message without the date is $null, which is less than anything; the term holds for it
/// either way.
/// </summary>
internal static class DateComparison
{
    /// <summary>What a clock shows is up to 14 hours off, and Date cuts off up to a day more.</summary>
    private static readonly TimeSpan _clocks = TimeSpan.FromHours(24 + 14);

    public static SearchTerm? Compare(MessageValue.Date date, Operation operation, object? with)
    {
        if (Instant(with, date.IsClock) is not { } instant) return null;

        TimeSpan slack = date.IsClock ? _clocks : TimeSpan.Zero;
        SearchTerm from = Edge(date.Field, instant, -slack, isBefore: false);
        SearchTerm until = Edge(date.Field, instant, slack + TimeSpan.FromTicks(1), isBefore: true);
        return operation switch
        {
            Operation.Greater or Operation.GreaterOrEqual => new ImpliedTerm(from),
            Operation.Less or Operation.LessOrEqual => new ImpliedTerm(until),
            Operation.Equal => new ImpliedTerm(new CombinedTerm([from, until], All: true)),
            _ => null,
        };
    }

    private static SearchTerm Edge(DateField field, DateTimeOffset instant, TimeSpan slack, bool isBefore)
    {
        long ticks = instant.UtcTicks + slack.Ticks;
        return ticks <= DateTime.MinValue.Ticks || ticks >= DateTime.MaxValue.Ticks
            ? SearchTerm.Unknown
            : new DateTerm(field, new DateTimeOffset(ticks, TimeSpan.Zero), isBefore);
    }

    /// <summary>The instant that PowerShell makes of what a date is compared with; a clock's time is taken as it is written.</summary>
    private static DateTimeOffset? Instant(object? value, bool isClock)
    {
        if (value is not (DateTime or DateTimeOffset or string) || (value is DateTimeOffset && isClock)) return null;

        Type type = isClock ? typeof(DateTime) : typeof(DateTimeOffset);
        if (!LanguagePrimitives.TryConvertTo(value, type, CultureInfo.InvariantCulture, out object converted)) return null;

        return converted is DateTime time ? new DateTimeOffset(time.Ticks, TimeSpan.Zero) : (DateTimeOffset)converted;
    }
}

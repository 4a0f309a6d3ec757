using System;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.RegularExpressions;

namespace ImapPS.Binding;

/// <summary>
/// Takes a number for days, and text such as 12h or 90.00:00:00 for what it says. PowerShell itself would take a number for ticks, of
/// which 90 are nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SpanTransformationAttribute : ArgumentTransformationAttribute
{
    private const string Accepted =
        "Give a number of days (90, 0.5), a number with d, h, m or s (90d, 12h, 30m, 45s), or days, hours, minutes "
            + "and seconds (90.00:00:00).";

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly decimal _mostTicks = TimeSpan.MaxValue.Ticks;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private static readonly Regex _number = new(@"\A(?<number>[0-9]+(\.[0-9]+)?|\.[0-9]+)\s*(?<unit>[dhms]?)\z", Options, _patience);

    /// <summary>TimeSpan.Parse takes 24:00:00 for 24 days; here an hour is one of 24.</summary>
    private static readonly Regex _clock = new(
        @"\A([0-9]+\.)?([01]?[0-9]|2[0-3]):[0-5]?[0-9](:[0-5]?[0-9](\.[0-9]{1,7})?)?\z"
        + @"|\A[0-9]+:([01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9](\.[0-9]{1,7})?\z",
        Options,
        _patience);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? input = Wrapped.Unwrap(inputData);
        TimeSpan span = input switch
        {
            null => throw Refused("$null is not a length of time."),
            TimeSpan known => known,

            // PowerShell reads 45s as a number of 16 bits; of an argument it keeps the text.
            short when Typed(inputData!) is { } text => Parse(text),
            short => throw Refused($"'{input}' is a number of 16 bits, as which PowerShell reads 45s. Write '{input}s' in quotes, or give "
                + "an [int]."),
            sbyte or byte or ushort or int or uint or long or ulong or decimal =>
                Of(Convert.ToDecimal(input, CultureInfo.InvariantCulture), TimeSpan.TicksPerDay, input),
            float or double => OfDouble(Convert.ToDouble(input, CultureInfo.InvariantCulture)),
            BigInteger days => OfDouble((double)days),
            string text => Parse(text.Trim()),

            // What ConvertTo-Json or a job leaves of a TimeSpan.
            _ when PropertyReader.Has(inputData!, nameof(TimeSpan.TotalSeconds))
                && PropertyReader.Read<long>(inputData!, nameof(TimeSpan.Ticks)) is { } ticks => new TimeSpan(ticks),
            _ => throw Refused($"A {input.GetType().Name} is not a length of time."),
        };
        return span < TimeSpan.Zero ? throw Refused($"'{input}' is negative, and a length of time is not.") : span;
    }

    /// <summary>A number as it was typed, with its suffix; null where that is not known.</summary>
    private static string? Typed(object input) =>
        LanguagePrimitives.ConvertTo(input, typeof(string), CultureInfo.InvariantCulture) is string text
            && text.EndsWith("s", StringComparison.OrdinalIgnoreCase) ? text : null;

    private static TimeSpan Parse(string text)
    {
        if (_clock.IsMatch(text) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span)) return span;

        Match match = _number.Match(text);
        return match.Success
            && decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out decimal number)
            ? Of(number, TicksOf(match.Groups["unit"].Value), text)
            : throw Refused($"'{text}' is not a length of time.");
    }

    private static long TicksOf(string unit) => unit.ToUpperInvariant() switch
    {
        "H" => TimeSpan.TicksPerHour,
        "M" => TimeSpan.TicksPerMinute,
        "S" => TimeSpan.TicksPerSecond,
        _ => TimeSpan.TicksPerDay,
    };

    /// <summary>NaN is in no range.</summary>
    private static TimeSpan OfDouble(double days) =>
        Math.Abs(days) <= TimeSpan.MaxValue.TotalDays
            ? Of((decimal)days, TimeSpan.TicksPerDay, days)
            : throw Refused(FormattableString.Invariant($"'{days}' days are no length of time."));

    private static TimeSpan Of(decimal number, long ticks, object input) =>
        Math.Abs(number) <= _mostTicks / ticks
            ? new TimeSpan((long)Math.Round(number * ticks))
            : throw Refused(FormattableString.Invariant($"'{input}' is longer than any time."));

    private static ArgumentTransformationMetadataException Refused(string why) => new($"{why} {Accepted}");
}

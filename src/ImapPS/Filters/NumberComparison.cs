using System;
using System.Globalization;
using ImapPS.Search;

namespace ImapPS.Filters;

/// <summary>Comparisons of Size and Uid.</summary>
internal static class NumberComparison
{
    /// <summary>Far beyond all sizes and UIDs, and within what double and decimal can say.</summary>
    private const long Beyond = 1L << 52;

    public static bool IsNumber(object value) =>
        value is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal;

    public static SearchTerm? Compare(MessageValue of, Operation operation, object? with)
    {
        if (Number(with) is not { } number) return null;

        // Over a fraction is over what lies below it; not under it is over what lies below its ceiling.
        long floor = (long)Math.Floor(number);
        long below = (long)Math.Ceiling(number) - 1;
        return operation switch
        {
            Operation.Greater => Over(of, floor),
            Operation.GreaterOrEqual => Over(of, below),
            Operation.Less => Over(of, below).Negate(),
            Operation.LessOrEqual => Over(of, floor).Negate(),
            Operation.Equal => Equal(of, below, floor),
            Operation.NotEqual => Equal(of, below, floor).Negate(),
            _ => null,
        };
    }

    private static SearchTerm Equal(MessageValue of, long below, long floor) =>
        floor == below ? new ConstantTerm(Holds: false)
        : of is MessageValue.Uid && floor is > 0 and <= uint.MaxValue ? new UidTerm((uint)floor, (uint)floor)
        : new CombinedTerm([Over(of, below), Over(of, floor).Negate()], All: true);

    private static SearchTerm Over(MessageValue of, long number)
    {
        if (of is MessageValue.Size) return new SizeTerm(number, IsOver: true);

        return number >= uint.MaxValue ? new ConstantTerm(Holds: false)
            : number < 1 ? new ConstantTerm(Holds: true)
            : new UidTerm((uint)number + 1, uint.MaxValue);
    }

    private static decimal? Number(object? value) => value switch
    {
        double or float => Convert.ToDouble(value, CultureInfo.InvariantCulture) is var real
            && double.IsNaN(real) ? null : (decimal)Math.Max(-Beyond, Math.Min(Beyond, real)),
        string text => Digits(text),
        { } when IsNumber(value) => Math.Max(-Beyond, Math.Min(Beyond, Convert.ToDecimal(value, CultureInfo.InvariantCulture))),
        _ => null,
    };

    /// <summary>What a number in quotes is, when it is a plain one: PowerShell reads much more, and rounds as it likes.</summary>
    private static decimal? Digits(string text)
    {
        long factor = 1;
        foreach ((string unit, long size) in new[] { ("KB", 1L << 10), ("MB", 1L << 20), ("GB", 1L << 30) })
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) continue;

            factor = size;
            text = text.Substring(0, text.Length - unit.Length);
            break;
        }

        return text.Length is > 0 and < 7 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number * factor : null;
    }
}

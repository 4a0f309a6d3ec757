using System;
using System.Globalization;
using System.Numerics;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Reads a number that names something. PowerShell itself would take 1,2 for 12, 1.5 for 2, $true for 1 and 2kb for 2048: each the number
/// of another message.
/// </summary>
internal static class WholeNumber
{
    /// <summary>
    /// The number, if that is what the value says: a whole one of any numeric type, or text of nothing but digits. Null for all else.
    /// </summary>
    public static ulong? Of(object? value)
    {
        object? plain = Wrapped.Unwrap(value);
        return plain switch
        {
            string text => Digits.Read(text.Trim()),
            Enum => null,
            byte or ushort or uint or ulong => Convert.ToUInt64(plain, CultureInfo.InvariantCulture),
            sbyte or short or int or long => Convert.ToInt64(plain, CultureInfo.InvariantCulture) is var number and >= 0
                ? (ulong)number : null,
            decimal number => number >= 0 && number <= ulong.MaxValue && decimal.Truncate(number) == number ? (ulong)number : null,
            float or double => OfDouble(Convert.ToDouble(plain, CultureInfo.InvariantCulture)),
            BigInteger number => number.Sign >= 0 && number <= ulong.MaxValue ? (ulong)number : null,
            _ => null,
        };
    }

    /// <summary>A UID, or a UIDVALIDITY: from 1 to 4,294,967,295 (nz-number, RFC 9051, 9).</summary>
    public static uint? Unique(object? value) => Of(value) is { } number and > 0 and <= uint.MaxValue ? (uint)number : null;

    /// <summary>From 2^53 on, not every whole number is one of these.</summary>
    private static ulong? OfDouble(double number) => number is >= 0 and <= 9_007_199_254_740_992
        && Math.Floor(number) == number ? (ulong)number : null;
}

using System;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.RegularExpressions;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Takes numbers, and text such as 5GB, for a limit. PowerShell itself would take an empty cell of a file, and $false, for 0: a limit at
/// which nothing more can be stored.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class LimitTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly Regex _number = new(@"\A(?<number>-?[0-9]{1,20}(\.[0-9]{1,9})?)\s*((?<unit>[kmgtp])b)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? input = Wrapped.Unwrap(inputData);
        return input switch
        {
            // No limit is given, and the cmdlet says so.
            null => null!,
            string text when string.IsNullOrWhiteSpace(text) => null!,
            string text when Parse(text.Trim()) is { } number => number,
            Enum => throw Refused(input),
            sbyte or byte or short or ushort or int or uint or long or ulong or decimal =>
                Convert.ToDecimal(input, CultureInfo.InvariantCulture),
            float or double when Math.Abs(Convert.ToDouble(input, CultureInfo.InvariantCulture)) <= long.MaxValue =>
                Convert.ToDecimal(input, CultureInfo.InvariantCulture),
            BigInteger number when BigInteger.Abs(number) <= long.MaxValue => (decimal)number,
            _ => throw Refused(input),
        };
    }

    private static decimal? Parse(string text)
    {
        Match match = _number.Match(text);
        if (!match.Success) return null;

        decimal unit = 1;
        for (int power = "KMGTP".IndexOf(match.Groups["unit"].Value.ToUpperInvariant(), StringComparison.Ordinal);
            match.Groups["unit"].Success && power >= 0; power--) unit *= 1024;
        return decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * unit;
    }

    private static ArgumentTransformationMetadataException Refused(object input) =>
        new($"'{DisplayText.Printable(string.Format(CultureInfo.InvariantCulture, "{0}", input))}' is no limit. "
            + "Give a number from 0 on, such as 1000 or 5GB.");
}

using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using ImapPS.Errors;

namespace ImapPS.Binding;

/// <summary>
/// What is stored as the value of an entry: text, octets, or lines of text. PowerShell itself would make text of anything, such as the
/// name of its type.
/// </summary>
internal static class MetadataValue
{
    private const string LineEnd = "\r\n";

    /// <summary>The octets of a value; null for $null, which removes the entry.</summary>
    public static byte[]? Octets(object? value) => Wrapped.Unwrap(value) switch
    {
        null => null,
        byte[] octets => octets,
        IList { Count: > 0 } list when list.Cast<object?>().All(item => Wrapped.Unwrap(item) is byte) =>
            [.. list.Cast<object?>().Select(item => (byte)Wrapped.Unwrap(item)!)],
        IList { Count: > 0 } list => Encoding.UTF8.GetBytes(string.Join(LineEnd, list.Cast<object?>().Select(Text))),
        _ => Encoding.UTF8.GetBytes(Text(value)),
    };

    private static string Text(object? value) => Wrapped.Unwrap(value) switch
    {
        string text => text,
        char letter => letter.ToString(),
        DateTime or DateTimeOffset => string.Format(CultureInfo.InvariantCulture, "{0:o}", value),
        var number when number is BigInteger or (IConvertible and not (Enum or DBNull)) =>
            string.Format(CultureInfo.InvariantCulture, "{0}", number),
        var other => throw Failures.MetadataValueInvalid(other),
    };
}

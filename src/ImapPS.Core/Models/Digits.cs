using System;
using System.Globalization;

namespace ImapPS.Models;

/// <summary>Numbers that are written in ASCII digits and nothing else.</summary>
internal static class Digits
{
    /// <summary>The number; null where the text has anything else, or says more than fits.</summary>
    // .NET would let NUL characters follow, and other scripts' digits are for people.
    public static ulong? Read(string text) =>
        text.Length > 0 && Array.TrueForAll(text.ToCharArray(), c => c is >= '0' and <= '9')
        && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : null;
}

using System;
using System.Globalization;

namespace ImapPS.Models;

/// <summary>Reads numbers that consist of ASCII digits only.</summary>
internal static class Digits
{
    /// <summary>Returns the number. Returns null if the text has anything else, or if the number is too large.</summary>
    // .NET would let NUL characters follow, and other scripts' digits are for people.
    public static ulong? Read(string text) =>
        text.Length > 0 && Array.TrueForAll(text.ToCharArray(), c => c is >= '0' and <= '9')
        && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : null;
}

using System.Globalization;

namespace ImapPS.Tests;

/// <summary>Text that does more than be seen, and how to find it.</summary>
internal static class Hostile
{
    /// <summary>
    /// One of each kind: escape sequences, C1 and DEL, line and paragraph separators, bidirectional controls, what has no width, tags, half
    /// a pair.
    /// </summary>
    public const string Text =
        "in\u001b[31m\u001b]0;x\u0007v\u009b2J\u0085\u007f\r\n\tis\u2028i\u2029ble"
        + "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\u200c\u200d\u2060\ufeff\u00ad"
        + "\u034f\u180e\U000e0041\U000e007f\ud800!\ufffe";

    /// <summary>The same without what no line of a protocol and no file holds: control characters and half a pair.</summary>
    public static string OnOneLine { get; } = string.Concat(Text.Where(c => !char.IsControl(c) && c is not ('\ud800' or '\ufffe')));

    /// <summary>The first character that must not reach a screen; line breaks and tabs may.</summary>
    public static int? FirstIn(string shown)
    {
        for (int i = 0; i < shown.Length; i++)
        {
            int point = char.IsSurrogatePair(shown, i) ? char.ConvertToUtf32(shown, i) : shown[i];
            bool isHostile = point is not ('\n' or '\r' or '\t')
                && (point is < 0x20 or (>= 0x7f and < 0xa0) or (>= 0xd800 and <= 0xdfff) or 0x2028 or 0x2029 or (>= 0xe0000 and <= 0xe007f)
                    or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) or 0x200e or 0x200f or 0x061c or 0x200b
                        or 0x2060 or 0xfeff or 0x00ad or 0x034f or 0x180e or 0xfffe
                    || (point is 0x200c or 0x200d && (i == 0 || i + 1 == shown.Length || shown[i - 1] < 0x80 || shown[i + 1] < 0x80)));
            if (isHostile) return point;
            if (point > char.MaxValue) i++;
        }

        return null;
    }

    public static void AssertClean(string shown)
    {
        if (FirstIn(shown) is { } point)
        {
            string visible = string.Concat(
                shown.Select(c => c is '\n' || (c is > '\u001f' and < '\u007f')
                ? c.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")));
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"U+{point:X4} is shown in:\n{visible}"));
        }
    }
}

using System.Globalization;
using ImapPS.Models;

namespace ImapPS.Tests.Models;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Grüße, 日本語, שלום, ไทย, हिन्दी", "Grüße, 日本語, שלום, ไทย, हिन्दी")]
    [InlineData("a\u202egpj.exe", "a\ufffdgpj.exe")]
    [InlineData("\u2066a\u2069", "\ufffda\ufffd")]
    [InlineData("a\u200eb\u200fc\u061cd", "abcd")]
    [InlineData("a\u2028b\u2029c\r\n\td", "a b c d")]
    [InlineData("\u001b[31m\u0007\u009b\u007f", "␛[31m␇\ufffd␡")]
    [InlineData("a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u034fh\u3164i", "abcdefghi")]
    [InlineData("👩\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3", "👩\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3")]
    [InlineData("می\u200cخواهم", "می\u200cخواهم")]
    [InlineData("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥")]
    [InlineData("a\ufe0fb", "ab")]
    [InlineData("😀\U000e0101\U000e0102\U000e0103", "😀\U000e0101")]
    [InlineData("🏴\U000e0067\U000e0062\U000e007f!", "🏴!")]
    [InlineData("a\uffff", "a\ufffd")]
    public void What_is_shown(string text, string shown)
    {
        Assert.Equal(shown, DisplayText.Printable(text));
        Assert.Equal(shown, DisplayText.Printable(shown));
    }

    [Fact]
    public void Half_a_pair_is_none() => Assert.Equal("a\ufffdb\ufffd", DisplayText.Printable("a\ud800b\udc00"));

    [Fact]
    public void Marks_that_pile_up_are_few() =>
        Assert.Equal("e\u0301\u0301\u0301\u0301x", DisplayText.Printable("e" + new string('\u0301', 1_000) + "x"));

    [Fact]
    public void Lines_stay_lines() =>
        Assert.Equal("a\nb\n\tc\nd\ne",
        DisplayText.PrintableLines("a\r\nb\r\tc\nd\u2028e".Replace("\r\t", "\r\n\t", StringComparison.Ordinal)));

    [Theory]
    [InlineData("x", 60)]
    [InlineData("🎉", 60)]
    [InlineData("e\u0301", 60)]
    [InlineData("👩\u200d👩\u200d👧", 60)]
    public void A_subject_is_cut_between_characters(string element, int most)
    {
        string cut = DisplayText.Subject(string.Concat(Enumerable.Repeat(element, 3_000)));
        Assert.InRange(cut.Length, most / 2, most);
        Assert.EndsWith(element + "…", cut, StringComparison.Ordinal);
        Assert.Equal(0, (cut.Length - 1) % element.Length);
    }

    [Fact]
    public void Kilobytes_are_cut() => Assert.InRange(DisplayText.Printable(new string('x', 5_000)).Length, 1, 1_000);

    /// <summary>Every character that there is, alone and between others: what comes out neither hides nor moves nor commands.</summary>
    [Fact]
    public void No_character_comes_through_that_does_more_than_be_seen()
    {
        for (int point = 0; point <= 0x10ffff; point++)
        {
            string character = point is >= 0xd800 and <= 0xdfff ? ((char)point).ToString() : char.ConvertFromUtf32(point);
            foreach (string text in new[] { character, $"a{character}b", $"a{character}{character}" })
            {
                if (Hostile.FirstIn(DisplayText.Printable(text)) is { } hostile)
                {
                    Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"U+{point:X4} in '{text}' gives U+{hostile:X4}"));
                }
            }
        }
    }
}

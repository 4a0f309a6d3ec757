using System.Text;
using ImapPS.Files;

namespace ImapPS.Tests.Files;

/// <summary>File names out of what strangers write.</summary>
public sealed class SafeNameTests
{
    [Theory]
    [InlineData("plain name.txt", "plain name.txt")]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData(@"..\..\boot.ini", "_.._boot.ini")]
    [InlineData(@"C:\x", "C__x")]
    [InlineData(@"\\server\share\x", "__server_share_x")]
    [InlineData("a:b", "a_b")]
    [InlineData("a*b?c\"d<e>f|g", "a_b_c_d_e_f_g")]
    [InlineData("a\u202Efdp.exe", "afdp.exe")]
    [InlineData("a\u202A\u202B\u202C\u202D\u2066\u2067\u2068\u2069\u200E\u200F\u061Cb", "ab")]
    [InlineData("a\u200B\u200C\u200D\u2060\uFEFF\u00ADb", "ab")]
    [InlineData("a\U000E0041b", "ab")]
    [InlineData("a\0b\u0007c\u001bd\u007fe\u0085f", "a_b_c_d_e f")]
    [InlineData("two\r\n lines\tand\u00a0\u2028more", "two lines and more")]
    [InlineData("dots and spaces. . .", "dots and spaces")]
    [InlineData("  . .hidden", "hidden")]
    [InlineData("-rf", "_rf")]
    [InlineData("~", "~")]
    [InlineData("..", "")]
    [InlineData(".", "")]
    [InlineData("", "")]
    [InlineData(" \u200b ", "")]
    [InlineData("📎 Rechnung für Müller", "📎 Rechnung für Müller")]
    [InlineData("Mu\u0308ller", "M\u00fcller")]
    public void Characters(string text, string expected) => Assert.Equal(expected, SafeName.Clean(text));

    [Fact]
    public void What_is_no_character()
    {
        Assert.Equal("_ alone", SafeName.Clean("\ud83d alone"));
        Assert.Equal("___", SafeName.Clean("\udc00\uffff\ufdd0"));
    }

    [Theory]
    [InlineData("CON")]
    [InlineData("con")]
    [InlineData("PRN")]
    [InlineData("AUX")]
    [InlineData("NUL")]
    [InlineData("COM0")]
    [InlineData("COM1")]
    [InlineData("com9")]
    [InlineData("COM\u00b9")]
    [InlineData("LPT1")]
    [InlineData("lpt\u00b3")]
    [InlineData("CONIN$")]
    [InlineData("CONOUT$")]
    [InlineData("NUL.tar")]
    [InlineData("AUX .x")]
    public void Devices(string name)
    {
        Assert.Equal("_" + name, SafeName.Join(name, string.Empty));
        Assert.Equal($"_{name}.eml", SafeName.Join(name, ".eml"));
    }

    [Theory]
    [InlineData("CONSOLE")]
    [InlineData("COM10")]
    [InlineData("COMX")]
    [InlineData("a CON")]
    public void What_only_looks_like_a_device(string name) => Assert.Equal(name + ".eml", SafeName.Join(name, ".eml"));

    [Theory]
    [InlineData("x", 251)]
    [InlineData("é", 125)]
    [InlineData("€", 83)]
    [InlineData("🍲", 62)]
    [InlineData("e\u0301\u0302", 50)]
    public void A_long_name_is_cut_between_characters_and_keeps_its_extension(string character, int kept)
    {
        string name = SafeName.Join(string.Concat(Enumerable.Repeat(character, 300)), ".eml");
        Assert.Equal(string.Concat(Enumerable.Repeat(character, kept)) + ".eml", name);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 251, 255);
    }

    [Fact]
    public void A_cut_leaves_no_space_or_dot_at_the_end() =>
        Assert.Equal(new string('x', 250) + ".eml", SafeName.Join(new string('x', 250) + " . more", ".eml"));

    [Fact]
    public void Nothing_is_a_name_as_well() => Assert.Equal("_.eml", SafeName.Join(string.Empty, ".eml"));

    [Theory]
    [InlineData("report.pdf", "report", ".pdf")]
    [InlineData("archive.tar.gz", "archive.tar", ".gz")]
    [InlineData("noextension", "noextension", "")]
    [InlineData("Yes. That is all", "Yes. That is all", "")]
    [InlineData("_.._etc_passwd", "_.._etc_passwd", "")]
    [InlineData("a.extensionthatistoolong", "a.extensionthatistoolong", "")]
    public void Extensions(string name, string stem, string extension) => Assert.Equal((stem, extension), SafeName.Split(name));

    [Fact]
    public void Every_character_there_is_makes_a_name_that_all_systems_take()
    {
        for (int code = 0; code <= 0x10FFFF; code++)
        {
            string text = code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : char.ConvertFromUtf32(code);
            string name = SafeName.Join(SafeName.Clean(text), ".eml");
            Assert.True(IsSafe(name), $"U+{code:X4}: '{name}'");
        }
    }

    private static bool IsSafe(string name) =>
        name == Path.GetFileName(name)
        && name.IndexOfAny(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) < 0
        && !name.Any(char.IsControl)
        && name[0] is not ('.' or ' ' or '-')
        && name.IsNormalized()
        && name.EnumerateRunes()
            .All(rune => Rune.GetUnicodeCategory(rune)
            is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Surrogate));
}

using System.Globalization;
using System.Xml.Linq;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Consoles;

public sealed class TerminalSvgTests
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Colours_are_classes_and_last_until_they_are_changed()
    {
        XElement[] runs = Runs("a\e[31;1mred\n still\e[0m plain \e[38;5;2mgreen\e[39m, \e[93mbright\e[38;2;1;2;3m own\e[m");

        Assert.Equal(
            [
                ("a", null), ("red", "c1 bold"), ("still", "c1 bold"), ("plain", null), ("green", "c2"), (",", null), ("bright", "c11"),
                ("own", null),
            ],
            runs.Select(run => (run.Value, run.Attribute("class")?.Value)));
    }

    /// <summary>Each run begins at its cell, wherever the font would have it.</summary>
    [Fact]
    public void What_is_wide_takes_two_cells_and_what_joins_takes_none()
    {
        XElement[] runs = Runs("🍲 Soup\n来週ok\nZ\u0301x e");

        Assert.Equal([("🍲", 0), ("Soup", 3), ("来", 0), ("週", 2), ("ok", 4), ("Z\u0301x e", 0)],
            runs.Select(run => (run.Value, Column(run.Attribute("x")!))));
        Assert.Equal([null, "33.6", null, null, "16.8", "33.6"], runs.Select(run => run.Attribute("textLength")?.Value));
    }

    [Fact]
    public void Text_is_text_whatever_it_says()
    {
        XElement[] runs = Runs("<script>alert('&')</script>]]>\a\e]0;title\a\e[2J\u0001end");
        Assert.Equal("<script>alert('&')</script>]]>end", Assert.Single(runs).Value);
    }

    [Fact]
    public void It_asks_for_nothing_and_says_what_it_is()
    {
        string svg = TerminalSvg.Draw("\e[92mx", 20, "A <title>", "What & why");
        XElement picture = XDocument.Parse(svg).Root!;
        Assert.Equal(("A <title>", "What & why"), (picture.Element(_svg + "title")!.Value, picture.Element(_svg + "desc")!.Value));
        Assert.Equal("img", picture.Attribute("role")!.Value);
        Assert.DoesNotContain("url(", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("href", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("import", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_lines_take_their_room_but_at_the_end()
    {
        XElement[] lines = [.. Picture("a\n\n\e[32m\nb\n  \n\e[0m\n").Elements(_svg + "text")];
        Assert.Equal(2, lines.Length);
        Assert.Equal(3 * 19, double.Parse(lines[1].Attribute("y")!.Value, CultureInfo.InvariantCulture)
            - double.Parse(lines[0].Attribute("y")!.Value, CultureInfo.InvariantCulture));
        Assert.Equal(Picture("a\n\n\nb").Attribute("height")!.Value, Picture("a\n\n\nb\n\n\n").Attribute("height")!.Value);
    }

    /// <summary>What WCAG asks of text: 4.5 to 1.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_colour_can_be_read(bool isDark)
    {
        TerminalPalette palette = isDark ? TerminalPalette.Dark : TerminalPalette.Light;
        Assert.Equal(16, palette.Colours.Count);
        Assert.All([.. palette.Colours, palette.Text], colour => Assert.InRange(Contrast(colour, palette.Background), 4.5, 21));
    }

    private static XElement Picture(string lines) => XDocument.Parse(TerminalSvg.Draw(lines, 80, "title", "description")).Root!;

    private static XElement[] Runs(string lines) => [.. Picture(lines).Descendants(_svg + "tspan")];

    private static int Column(XAttribute x) => (int)Math.Round((double.Parse(x.Value, CultureInfo.InvariantCulture) - 18) / 8.4);

    private static double Contrast(string one, string other)
    {
        double[] light = [.. new[] { Luminance(one), Luminance(other) }.OrderDescending()];
        return (light[0] + 0.05) / (light[1] + 0.05);
    }

    private static double Luminance(string colour)
    {
        double[] parts =
        [
            .. Convert.FromHexString(colour.AsSpan(1))
                .Select(octet => octet / 255.0)
                .Select(part => part <= 0.03928 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4)),
        ];
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }
}

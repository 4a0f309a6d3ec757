using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace ImapPS.Sandbox;

/// <summary>A picture of a terminal, as SVG: text in a window, dark or light as its reader has chosen. It asks for nothing.</summary>
public static class TerminalSvg
{
    // Of most monospaced fonts a character is six tenths as wide as the font is high. In others textLength makes it so.
    private const double CellSize = 8.4;
    private const int FontSize = 14;
    private const int LineHeight = 19;
    private const int Margin = 18;
    private const int Bar = 34;
    private const int Ascent = 14;

    private const string Fonts = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";

    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws lines.</summary>
    /// <param name="lines">The lines, with escape sequences for the colours.</param>
    /// <param name="columns">How wide the terminal is.</param>
    /// <param name="title">What the picture is called.</param>
    /// <param name="description">What it shows, for those who do not see it.</param>
    public static string Draw(string lines, int columns, string title, string description)
    {
        var rows = TerminalText.Read(lines).Reverse().SkipWhile(row => row.All(cell => cell.Text == " ")).Reverse().ToList();
        var width = (columns * CellSize) + (2 * Margin);
        var height = Bar + Margin + (rows.Count * LineHeight) + Margin - (LineHeight - Ascent);
        XElement[] parts =
        [
            new(_svg + "title", new XAttribute("id", "title"), title),
            new(_svg + "desc", new XAttribute("id", "description"), description),
            new(_svg + "style", Style(rows.SelectMany(row => row).Select(cell => cell.Style))),
            new(_svg + "rect", Attributes(("class", "window"), ("x", "0.5"), ("y", "0.5"), ("width", Number(width - 1)),
                ("height", Number(height - 1)), ("rx", "9"))),
            .. Enumerable.Range(0, 3).Select(i => new XElement(_svg + "circle",
                Attributes(("class", "frame"), ("cx", Number(Margin + 5 + (i * 18))), ("cy", Number(Bar / 2)), ("r", "5")))),
            new(_svg + "path", Attributes(("class", "line"), ("d", $"M0.5 {Bar}H{Number(width - 0.5)}"))),
            .. rows.Select((row, index) => Line(row, Bar + Margin + (index * LineHeight) + Ascent - 4)).OfType<XElement>(),
        ];
        var picture = new XElement(_svg + "svg",
            Attributes(("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("width", Number(width)), ("height", Number(height)),
                ("role", "img"), ("aria-labelledby", "title description")),
            parts.SelectMany(part => new object[] { "\n", part }),
            "\n");

        // Indented, the lines would begin with the spaces that are kept in them.
        return picture.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static XElement? Line(IReadOnlyList<TerminalCell> row, double baseline)
    {
        XElement[] runs = [.. Runs(row).Select(Run).OfType<XElement>()];
        if (runs.Length == 0) return null;

        var space = new XAttribute(XNamespace.Xml + "space", "preserve");
        return new XElement(_svg + "text", new XAttribute("y", Number(baseline)), space, runs);
    }

    /// <summary>
    /// What can be written at once: neighbours that look alike. What is wide stands alone, as fonts differ in how wide it is.
    /// </summary>
    private static IEnumerable<IReadOnlyList<TerminalCell>> Runs(IReadOnlyList<TerminalCell> row)
    {
        var run = new List<TerminalCell>();
        foreach (var cell in row)
        {
            if (run is [.., var last] && (last.Style != cell.Style || last.Width > 1 || cell.Width > 1))
            {
                yield return run;
                run = [];
            }

            run.Add(cell);
        }

        yield return run;
    }

    private static XElement? Run(IReadOnlyList<TerminalCell> run)
    {
        var cells = run.SkipWhile(cell => cell.Text == " ").Reverse().SkipWhile(cell => cell.Text == " ").Reverse().ToList();
        if (cells.Count == 0) return null;

        var style = string.Join(' ', Classes(cells[0].Style));
        return new XElement(_svg + "tspan",
            new XAttribute("x", Number(Margin + (cells[0].Column * CellSize))),
            cells is [{ Width: 1 }, _, ..] ? new XAttribute("textLength", Number(cells.Count * CellSize)) : null,
            style.Length == 0 ? null : new XAttribute("class", style),
            string.Concat(cells.Select(cell => cell.Text)));
    }

    private static IEnumerable<string> Classes(TerminalStyle style)
    {
        if (style.Colour is { } colour) yield return string.Create(CultureInfo.InvariantCulture, $"c{colour}");
        if (style.IsBold) yield return "bold";
        if (style.IsItalic) yield return "italic";
        if (style.IsUnderlined) yield return "underlined";
    }

    private static string Style(IEnumerable<TerminalStyle> styles)
    {
        int[] colours = [.. styles.Select(style => style.Colour).OfType<int>().Distinct().Order()];
        return $"""

            text {Block($"font:{FontSize}px {Fonts}")}
            .bold {Block("font-weight:bold")} .italic {Block("font-style:italic")} .underlined {Block("text-decoration:underline")}
            .line {Block("fill:none")}
            {Colours(TerminalPalette.Dark, colours)}
            @media (prefers-color-scheme: light) {Block("\n" + Colours(TerminalPalette.Light, colours) + "\n")}

            """.ReplaceLineEndings("\n");
    }

    private static string Colours(TerminalPalette palette, IEnumerable<int> colours) => string.Join('\n',
    [
        $"text {Block($"fill:{palette.Text}")} .window {Block($"fill:{palette.Background};stroke:{palette.Frame}")}",
        $".frame {Block($"fill:{palette.Frame}")} .line {Block($"stroke:{palette.Frame}")}",
        .. colours.Select(colour => string.Create(CultureInfo.InvariantCulture,
            $".c{colour} {Block($"fill:{palette.Colours[colour]}")}")),
    ]);

    private static string Block(string declarations) => "{" + declarations + "}";

    private static IEnumerable<XAttribute> Attributes(params (string Name, string Value)[] attributes) =>
        attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value));

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}

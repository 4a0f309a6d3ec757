using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace ImapPS.Sandbox;

/// <summary>One character of a terminal with what joins it, where it stands, and how it looks.</summary>
public sealed record TerminalCell(int Column, int Width, string Text, TerminalStyle Style);

/// <summary>Lines of a terminal, with escape sequences for the colours, as cells.</summary>
public static partial class TerminalText
{
    /// <summary>The cells of each line. A style lasts until it is changed, also into the next line.</summary>
    public static IReadOnlyList<IReadOnlyList<TerminalCell>> Read(string text)
    {
        var style = default(TerminalStyle);
        var lines = new List<IReadOnlyList<TerminalCell>>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var cells = new List<TerminalCell>();
            var column = 0;
            foreach (Match part in Part().Matches(line))
            {
                if (part.Groups["sgr"].Success) style = style.With(part.Groups["sgr"].Value);
                else if (part.Groups["text"].Success) column = Add(cells, column, part.Value, style);
            }

            lines.Add(cells);
        }

        return lines;
    }

    private static int Add(List<TerminalCell> cells, int column, string text, TerminalStyle style)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // What no picture can show, and XML cannot hold.
            if (Rune.IsControl(rune)) continue;

            var width = CellWidth.Of(rune);
            if (width > 0) cells.Add(new TerminalCell(column, width, rune.ToString(), style));
            else if (cells.Count > 0) cells[^1] = cells[^1] with { Text = cells[^1].Text + rune };
            column += width;
        }

        return column;
    }

    // SGR; any other escape sequence; text.
    [GeneratedRegex(@"\e\[(?<sgr>[\d;:]*)m|\e\[[\d;?]*[ -/]*[@-~]|\e\][^\a\e]*(\a|\e\\)|\e[^\[\]]?|(?<text>[^\e]+)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}

using System.Collections.Generic;
using System.Globalization;

namespace ImapPS.Sandbox;

/// <summary>How characters look: what SGR, the escape sequence for colours, has set so far.</summary>
/// <param name="Colour">One of the sixteen colours; null for the terminal's own.</param>
/// <param name="IsBold">Whether they are bold.</param>
/// <param name="IsItalic">Whether they are italic.</param>
/// <param name="IsUnderlined">Whether there is a line below them.</param>
public readonly record struct TerminalStyle(int? Colour, bool IsBold, bool IsItalic, bool IsUnderlined)
{
    /// <summary>The style after one more sequence. Backgrounds and colours beyond the sixteen are left out.</summary>
    /// <param name="parameters">What stands between ESC[ and m.</param>
    public TerminalStyle With(string parameters)
    {
        var style = this;
        var codes = new Queue<int>();
        foreach (var part in parameters.Split(';', ':'))
        {
            codes.Enqueue(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0);
        }

        while (codes.TryDequeue(out var code))
        {
            style = code switch
            {
                0 => default,
                1 => style with { IsBold = true },
                3 => style with { IsItalic = true },
                4 => style with { IsUnderlined = true },
                22 => style with { IsBold = false },
                23 => style with { IsItalic = false },
                24 => style with { IsUnderlined = false },
                >= 30 and <= 37 => style with { Colour = code - 30 },
                38 => style with { Colour = Extended(codes) },
                39 => style with { Colour = null },
                >= 90 and <= 97 => style with { Colour = code - 90 + 8 },
                _ => style,
            };
            if (code == 48) Extended(codes);
        }

        return style;
    }

    private static int? Extended(Queue<int> codes)
    {
        if (!codes.TryDequeue(out var kind)) return null;

        var values = new List<int>();
        for (var count = kind == 2 ? 3 : 1; count > 0 && codes.TryDequeue(out var value); count--) values.Add(value);
        return kind == 5 && values is [< 16 and var colour] ? colour : null;
    }
}

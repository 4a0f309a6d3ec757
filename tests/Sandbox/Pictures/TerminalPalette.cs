using System.Collections.Generic;

namespace ImapPS.Sandbox;

/// <summary>The colours of a picture of a terminal. Each can be read on the background.</summary>
/// <param name="Background">The background.</param>
/// <param name="Text">What has no colour of its own.</param>
/// <param name="Frame">The bar above, and the line around.</param>
/// <param name="Colours">The sixteen colours of terminals: black, red, green, yellow, blue, magenta, cyan, white, and brighter.</param>
public sealed record TerminalPalette(string Background, string Text, string Frame, IReadOnlyList<string> Colours)
{
    public static TerminalPalette Dark { get; } = new("#161b22", "#d6dde6", "#30363d",
    [
        "#8b949e", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#d6dde6",
        "#9aa5b1", "#ff9c95", "#9bf0a3", "#f2cc60", "#a5d6ff", "#e2c5ff", "#8ae6ee", "#ffffff",
    ]);

    public static TerminalPalette Light { get; } = new("#f6f8fa", "#24292f", "#d0d7de",
    [
        "#24292f", "#b3261e", "#116329", "#744500", "#0550ae", "#6639ba", "#0f5e66", "#424a53",
        "#57606a", "#a40e26", "#0a5a24", "#6a4200", "#033d8b", "#512a97", "#0a4a52", "#1f2328",
    ]);
}

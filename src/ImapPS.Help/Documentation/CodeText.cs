using System;
using System.Linq;
using System.Xml.Linq;

namespace ImapPS.Help.Documentation;

/// <summary>The text of a code element: its lines as typed, without blank ones around them or an indentation that all share.</summary>
internal static class CodeText
{
    public static string Of(XElement code)
    {
        var lines = code.Value.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToList();
        lines = [.. lines.SkipWhile(line => line.Length == 0)];
        while (lines is [.., ""]) lines.RemoveAt(lines.Count - 1);

        var shared = lines.Where(line => line.Length > 0).Select(Indentation).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line[Math.Min(shared, line.Length)..]));
    }

    private static int Indentation(string line) => line.Length - line.TrimStart().Length;
}

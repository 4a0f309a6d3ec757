using System.Collections.Generic;
using System.Linq;
using System.Text;
using ImapPS.Help.Model;

namespace ImapPS.Help.Writing;

/// <summary>A parameter set as PowerShell prints it, on lines that fit a page.</summary>
internal static class SyntaxText
{
    private const int Width = 100;

    public static string Of(string cmdlet, ParameterSetHelp set)
    {
        var text = new StringBuilder(cmdlet);
        var column = cmdlet.Length;

        foreach (var term in Terms(set))
        {
            if (column + 1 + term.Length > Width)
            {
                text.Append("\n   ");
                column = 3;
            }

            text.Append(' ').Append(term);
            column += 1 + term.Length;
        }

        return text.ToString();
    }

    private static IEnumerable<string> Terms(ParameterSetHelp set) => set.Parameters.Select(Term).Append("[<CommonParameters>]");

    private static string Term(BoundParameter bound)
    {
        var name = bound.Use.Position is null ? $"-{bound.Parameter.Name}" : $"[-{bound.Parameter.Name}]";
        var term = bound.Parameter.IsSwitch ? name : $"{name} {Value(bound.Parameter)}";
        return bound.Use.Mandatory ? term : $"[{term}]";
    }

    private static string Value(ParameterHelp parameter) =>
        parameter.Values.Count == 0 ? $"<{parameter.Type}>" : $"{{{string.Join(" | ", parameter.Values.Select(value => value.Name))}}}";
}

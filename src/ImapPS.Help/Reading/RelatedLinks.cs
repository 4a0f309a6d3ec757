using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Reading;

/// <summary>
/// The links that need no doc comment: to the cmdlets that the examples use, to those with the same noun, to those for what the cmdlet
/// emits, and to the module's about page. What a doc comment names comes before them.
/// </summary>
internal static class RelatedLinks
{
    public static IEnumerable<CmdletHelp> Add(string module, IReadOnlyList<CmdletHelp> cmdlets) =>
        cmdlets.Select(cmdlet => cmdlet with
        {
            Links =
            [
                .. cmdlet.Links
                    .Concat(Related(cmdlet, cmdlets).Select(other => new LinkHelp(LinkKind.Cmdlet, other.Name)))
                    .Append(new LinkHelp(LinkKind.About, $"about_{module}"))
                    .DistinctBy(link => link.Text, StringComparer.Ordinal),
            ],
        });

    private static IEnumerable<CmdletHelp> Related(CmdletHelp cmdlet, IReadOnlyList<CmdletHelp> cmdlets)
    {
        var others = cmdlets.Where(other => other != cmdlet).OrderBy(other => other.Name, StringComparer.Ordinal).ToList();
        var emitted = cmdlet.Outputs.Select(output => output.Name[(output.Name.LastIndexOf('.') + 1)..]).ToHashSet(StringComparer.Ordinal);
        return others.Where(other => IsInExamples(cmdlet, other))
            .Concat(others.Where(other => string.Equals(other.Noun, cmdlet.Noun, StringComparison.Ordinal) || emitted.Contains(other.Noun)))
            .Distinct();
    }

    private static bool IsInExamples(CmdletHelp cmdlet, CmdletHelp other) =>
        cmdlet.Examples.Any(example => example.Code
            .Split([' ', '\n', '(', ')', '{', '}', '|', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Contains(other.Name, StringComparer.Ordinal));
}

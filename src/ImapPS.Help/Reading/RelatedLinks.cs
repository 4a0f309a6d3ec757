using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Reading;

/// <summary>
/// The links that need no doc comment: to the cmdlets that the examples use, to those with the same noun, to those that take what the
/// cmdlet emits or emit what it takes, and to the module's about page. What a doc comment names comes before them.
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
        return others.Where(other => IsInExamples(cmdlet, other))
            .Concat(others.Where(other =>
                string.Equals(other.Noun, cmdlet.Noun, StringComparison.Ordinal) || Emits(cmdlet, other.Noun) || Emits(other, cmdlet.Noun)))
            .Distinct();
    }

    private static bool Emits(CmdletHelp cmdlet, string type) =>
        cmdlet.Outputs.Any(output => output.Name.EndsWith("." + type, StringComparison.Ordinal));

    private static bool IsInExamples(CmdletHelp cmdlet, CmdletHelp other) =>
        cmdlet.Examples.Any(example => example.Code
            .Split([' ', '\n', '(', ')', '{', '}', '|', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Contains(other.Name, StringComparer.Ordinal));
}

using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help;

/// <summary>What the module's help must say; a cmdlet that says less does not build.</summary>
internal static class Completeness
{
    private const int ExamplesWanted = 2;

    public static IReadOnlyList<Problem> Check(HelpModule module)
    {
        if (module.Cmdlets.Count == 0) return [new Problem("IPH000", $"{module.Name} has no public sealed cmdlet.")];

        return
        [
            .. module.Cmdlets.SelectMany(CheckCmdlet),
            .. module.Cmdlets.SelectMany(CheckLinks),
            .. CheckParameters(module.Cmdlets),
            .. module.Objects.SelectMany(CheckObject),
        ];
    }

    private static IEnumerable<Problem> CheckCmdlet(CmdletHelp cmdlet)
    {
        if (cmdlet.Summary.IsEmpty) yield return new Problem("IPH001", $"{cmdlet.Name}: no <summary>");
        if (cmdlet.Remarks.IsEmpty) yield return new Problem("IPH002", $"{cmdlet.Name}: no <remarks>");

        if (cmdlet.Notes.IsEmpty) yield return new Problem("IPH010", $"{cmdlet.Name}: no <notes> with the ids of its errors");

        var examples = cmdlet.Examples.Count(example => example.IsComplete);
        if (examples < ExamplesWanted)
        {
            yield return new Problem(
                "IPH003",
                $"{cmdlet.Name}: {examples} of {ExamplesWanted} <example>s with a <code> and a text that explains it");
        }

        if (cmdlet.Outputs.Count == 0)
        {
            yield return new Problem("IPH005", $"{cmdlet.Name}: no [OutputType] (typeof(void) if it emits nothing)");
        }
    }

    /// <summary>Get-Help -Online opens the first link, and somebody who reads about one cmdlet needs another.</summary>
    private static IEnumerable<Problem> CheckLinks(CmdletHelp cmdlet)
    {
        var isOnline = cmdlet.Links is [{ Address: var page }, ..] && page.EndsWith($"/{cmdlet.Name}.md", StringComparison.Ordinal);
        if (!isOnline) yield return new Problem("IPH008", $"{cmdlet.Name}: [Cmdlet] has no HelpUri that ends with /{cmdlet.Name}.md");

        if (!cmdlet.Links.Any(link => link.Kind is LinkKind.Cmdlet))
        {
            yield return new Problem("IPH009", $"{cmdlet.Name}: no <seealso> of another cmdlet");
        }
    }

    /// <summary>A parameter of a base class is told of once, not once a cmdlet.</summary>
    private static IEnumerable<Problem> CheckParameters(IEnumerable<CmdletHelp> cmdlets) =>
        from cmdlet in cmdlets
        from parameter in cmdlet.Parameters
        where parameter.Summary.IsEmpty
        group cmdlet.Name by (parameter.DeclaredOn, parameter.Name) into lacking
        select new Problem("IPH004", $"{lacking.First()}: -{lacking.Key.Name} (on {lacking.Key.DeclaredOn}): no <summary>");

    private static IEnumerable<Problem> CheckObject(ObjectHelp type)
    {
        if (type.Summary.IsEmpty) yield return new Problem("IPH006", $"{type.FullName}: no <summary>");

        foreach (var member in type.Members.Where(member => member.Summary.IsEmpty))
        {
            yield return new Problem("IPH007", $"{type.FullName}.{member.Name}: no <summary>");
        }
    }
}

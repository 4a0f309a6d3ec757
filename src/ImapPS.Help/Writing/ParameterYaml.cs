using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Writing;

/// <summary>The facts of a parameter, as platyPS lists them.</summary>
internal static class ParameterYaml
{
    public static string Of(ParameterHelp parameter, IReadOnlyList<ParameterSetHelp> sets)
    {
        var uses = parameter.Uses;
        var inAll = sets.Count == 1 || uses.Any(use => use.IsInAllSets);

        return string.Join('\n', new[]
        {
            Line("Type", parameter.Type),
            Line("Parameter Sets", inAll ? "(All)" : string.Join(", ", uses.Select(use => use.Set))),
            Line("Aliases", string.Join(", ", parameter.Aliases)),
            parameter.Values.Count == 0 ? "" : Line("Accepted values", string.Join(", ", parameter.Values.Select(value => value.Name))),
            Line("Required", BySet(uses, use => use.Mandatory ? "True" : "False")),
            Line("Position", BySet(uses, use => use.Position is null ? "Named" : use.PositionText)),
            Line("Default value", parameter.DefaultText),
            Line("Accept pipeline input", BySet(uses, use => use.PipelineText)),
            Line("Accept wildcard characters", parameter.Wildcards ? "True" : "False"),
        }.Where(line => line.Length > 0));
    }

    /// <summary>One value if all parameter sets agree, else each with its sets: 'True in ById; False in All, ByName'.</summary>
    private static string BySet(IReadOnlyList<ParameterUse> uses, Func<ParameterUse, string> value)
    {
        var answers = uses.GroupBy(value, use => use.IsInAllSets ? "others" : use.Set, StringComparer.Ordinal).ToList();

        return answers.Count == 1
            ? answers[0].Key
            : string.Join("; ", answers.Select(answer => $"{answer.Key} in {string.Join(", ", answer)}"));
    }

    private static string Line(string name, string value) => $"{name}: {value}".TrimEnd();
}

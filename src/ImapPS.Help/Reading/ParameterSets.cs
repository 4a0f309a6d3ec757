using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Reading;

/// <summary>The ways to call a cmdlet, as PowerShell derives them from what the parameters say.</summary>
internal static class ParameterSets
{
    public static IReadOnlyList<ParameterSetHelp> Of(IReadOnlyList<ParameterHelp> parameters, string defaultSet)
    {
        var names = parameters
            .SelectMany(parameter => parameter.Uses)
            .Where(use => !use.IsInAllSets)
            .Select(use => use.Set)
            .Prepend(defaultSet)
            .Where(name => name.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .DefaultIfEmpty(ParameterUse.AllSets);

        return
        [
            .. names.Select(name => new ParameterSetHelp(
                name,
                string.Equals(name, defaultSet, StringComparison.OrdinalIgnoreCase),
                [.. InOrder(parameters, name)])),
        ];
    }

    /// <summary>By position, then those that must be given, then as declared.</summary>
    private static IEnumerable<BoundParameter> InOrder(IEnumerable<ParameterHelp> parameters, string set) =>
        from parameter in parameters
        let use = parameter.UseIn(set)
        where use is not null
        orderby use.Position ?? int.MaxValue, use.Mandatory ? 0 : 1
        select new BoundParameter(parameter, use);
}

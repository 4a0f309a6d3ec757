using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Surface;

/// <summary>What a script can call, as text: each cmdlet with its sets, its output, and a line for each parameter.</summary>
internal static class CmdletSurface
{
    private const string Head =
        """
        Each cmdlet, with what it emits, its parameter sets (* is the default) and its parameters. A parameter that is not the same in all
        sets says how it is in each. Common parameters are left out.


        """;

    private static readonly HashSet<string> _common = [.. Cmdlet.CommonParameters];

    public static string Text => Head + string.Join('\n', ModuleCmdlets.Types.Select(Of).Order(StringComparer.Ordinal));

    private static string Of(Type type)
    {
        CmdletAttribute cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        var info = new CmdletInfo($"{cmdlet.VerbName}-{cmdlet.NounName}", type);
        CommandParameterSetInfo[] sets = [.. info.ParameterSets.OrderBy(set => set.Name, StringComparer.Ordinal)];
        var text = new StringBuilder(info.Name).Append('\n');
        if (cmdlet.SupportsShouldProcess) Line($"asks: {cmdlet.ConfirmImpact}");
        if (type.GetCustomAttribute<AliasAttribute>() is { } alias) Line($"aliases: {string.Join(", ", alias.AliasNames)}");
        foreach (PSTypeName output in info.OutputType) Line($"emits: {output.Name}");
        if (sets.Length > 1) Line($"sets: {string.Join(", ", sets.Select(set => set.IsDefault ? set.Name + "*" : set.Name))}");
        foreach (IGrouping<string, (CommandParameterInfo Parameter, string Set)> uses in sets
            .SelectMany(set => set.Parameters.Select(parameter => (Parameter: parameter, Set: set.Name)))
            .Where(use => !_common.Contains(use.Parameter.Name))
            .GroupBy(use => use.Parameter.Name, StringComparer.Ordinal)
            .OrderBy(uses => uses.Key, StringComparer.Ordinal))
        {
            Line(Parameter([.. uses], sets.Length));
        }

        return text.ToString();

        void Line(string line) => text.Append("    ").Append(line).Append('\n');
    }

    private static string Parameter((CommandParameterInfo Parameter, string Set)[] uses, int sets)
    {
        CommandParameterInfo first = uses[0].Parameter;
        var roles = uses.GroupBy(use => Role(use.Parameter), use => use.Set, StringComparer.Ordinal).ToList();
        IEnumerable<string> how = roles is [var only] && uses.Length == sets
            ? only.Key.Length == 0 ? [] : [only.Key]
            : roles.Select(role => $"in {string.Join(", ", role)}{(role.Key.Length == 0 ? "" : ": " + role.Key)}");
        string[] facts = [.. how, .. Facts(first)];
        return $"-{first.Name} <{Spelt(first.ParameterType)}>{string.Concat(facts.Select(fact => "; " + fact))}";
    }

    private static string Role(CommandParameterInfo parameter)
    {
        List<string> role = [];
        if (parameter.IsMandatory) role.Add("mandatory");
        if (parameter.Position >= 0) role.Add(string.Create(CultureInfo.InvariantCulture, $"position {parameter.Position}"));
        if (parameter.ValueFromPipeline) role.Add("by value");
        if (parameter.ValueFromPipelineByPropertyName) role.Add("by name");
        if (parameter.ValueFromRemainingArguments) role.Add("the rest");
        return string.Join(", ", role);
    }

    private static IEnumerable<string> Facts(CommandParameterInfo parameter)
    {
        if (parameter.Aliases.Count > 0) yield return $"alias {string.Join(", ", parameter.Aliases.Order(StringComparer.Ordinal))}";
        foreach (Attribute attribute in parameter.Attributes.OrderBy(attribute => attribute.GetType().Name, StringComparer.Ordinal))
        {
            switch (attribute)
            {
                case ValidateRangeAttribute { MinRange: { } least } range:
                    yield return string.Create(CultureInfo.InvariantCulture, $"{least} to {range.MaxRange}");
                    break;
                case ValidateRangeAttribute:
                    yield return "a range";
                    break;
                case ValidateSetAttribute set:
                    yield return $"one of {string.Join(", ", set.ValidValues)}";
                    break;
                case ValidateCountAttribute count:
                    yield return string.Create(CultureInfo.InvariantCulture, $"{count.MinLength} to {count.MaxLength} items");
                    break;
                case SupportsWildcardsAttribute:
                    yield return "wildcards";
                    break;
                case ObsoleteAttribute obsolete:
                    yield return $"obsolete: {obsolete.Message}";
                    break;
            }
        }
    }

    /// <summary>As a script spells it; a value that may be missing is one that is left out.</summary>
    private static string Spelt(Type type) => LanguagePrimitives.ConvertTo<string>(Nullable.GetUnderlyingType(type) ?? type);
}

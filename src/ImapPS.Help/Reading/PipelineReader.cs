using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ImapPS.Help.Model;

namespace ImapPS.Help.Reading;

/// <summary>Reads what a cmdlet takes from the pipeline and what it puts into it.</summary>
internal sealed class PipelineReader(ObjectReader objects)
{
    /// <summary>The types in [OutputType]; a name that is only text is a string here.</summary>
    public static IEnumerable<Type> OutputTypes(Type cmdlet) => cmdlet.All("OutputType").SelectMany(data => data.Values()).OfType<Type>();

    /// <summary>Types by item, since the pipeline hands over items, each with the parameters that it binds to.</summary>
    public IReadOnlyList<PipedType> Inputs(IEnumerable<PropertyInfo> parameters)
    {
        var piped =
            from property in parameters
            let uses = property.All("Parameter").ToList()
            let byValue = uses.Exists(use => use.Get("ValueFromPipeline", otherwise: false))
            let byName = uses.Exists(use => use.Get("ValueFromPipelineByPropertyName", otherwise: false))
            where byValue || byName
            group (property.Name, byValue, byName) by TypeNames.Item(property.PropertyType) into type
            orderby type.Any(binding => binding.byValue) ? 0 : 1
            select new PipedType(TypeNames.Full(type.Key), objects.Summary(type.Key).Then(Bindings(type)));

        return [.. piped];
    }

    public IReadOnlyList<PipedType> Outputs(Type cmdlet, IReadOnlyList<ParameterHelp> parameters)
    {
        var switches = parameters.Where(parameter => parameter.IsSwitch).Select(parameter => parameter.Name).ToList();
        var types =
            from output in cmdlet.All("OutputType").SelectMany(data => data.Values()).Distinct()
            select output is Type type
                ? new PipedType(TypeNames.Full(type), OutputDescription(type, switches))
                : new PipedType((string)output, Prose.Empty);

        return [.. types.DistinctBy(type => type.Name, StringComparer.Ordinal)];
    }

    /// <summary>
    /// An ImapChangeSummary comes of -Summary, whose name its own ends with; what else there is comes of -PassThru, where there is such a
    /// switch.
    /// </summary>
    private Prose OutputDescription(Type type, List<string> switches)
    {
        if (type.FullName is "System.Void") return Prose.Of("The cmdlet returns no object.");

        var summary = objects.Summary(TypeNames.Item(type));
        var asking = switches.Find(name => type.Name.EndsWith(name, StringComparison.Ordinal)) ?? switches.Find(name => name is "PassThru");
        return asking is null ? summary : summary.Then(Prose.Of($"The cmdlet returns this object only with -{asking}."));
    }

    /// <summary>'By value to -Message. By property name to -Folder, -Uid.'</summary>
    private static Prose Bindings(IEnumerable<(string Name, bool ByValue, bool ByName)> parameters)
    {
        var bindings = parameters.ToList();
        var byValue = Names("By value to ", bindings.Where(binding => binding.ByValue).Select(binding => binding.Name));
        var byName = Names("By property name to ", bindings.Where(binding => binding.ByName).Select(binding => binding.Name));

        List<Inline> between = byValue.Count > 0 && byName.Count > 0 ? [new TextRun(" ")] : [];
        return new Prose([new Paragraph([.. byValue, .. between, .. byName])]);
    }

    private static List<Inline> Names(string lead, IEnumerable<string> names)
    {
        var runs = names.SelectMany(name => new Inline[] { new TextRun(", "), new CodeRun("-" + name) }).Skip(1).ToList();
        return runs.Count == 0 ? [] : [new TextRun(lead), .. runs, new TextRun(".")];
    }
}

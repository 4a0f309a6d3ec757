using System.Linq;
using System.Xml.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Writing;

/// <summary>Parameters in MAML: once in the syntax of each parameter set, once in the list that explains them.</summary>
internal static class MamlParameter
{
    /// <summary>In a syntax: an enum's values instead of its type's name, and nothing after a switch.</summary>
    public static XElement InSyntax(BoundParameter bound) => Element(bound.Parameter, bound.Use, Choice(bound.Parameter));

    /// <summary>In the list, as it is in the default parameter set, or else in the first that has it.</summary>
    public static XElement InList(ParameterHelp parameter, string defaultSet)
    {
        var use = parameter.UseIn(defaultSet) ?? parameter.Uses[0];
        use = use with
        {
            Mandatory = parameter.Uses.All(other => other.Mandatory),
            ByValue = parameter.Uses.Any(other => other.ByValue),
            ByPropertyName = parameter.Uses.Any(other => other.ByPropertyName),
        };

        return Element(parameter, use, AcceptedValues(parameter));
    }

    private static XElement Element(ParameterHelp parameter, ParameterUse use, XElement? values) => new(
        Maml.Command + "parameter",
        new XAttribute("required", Maml.Bool(use.Mandatory)),
        new XAttribute("variableLength", Maml.Bool(parameter.IsArray || use.Remaining)),
        new XAttribute("globbing", Maml.Bool(parameter.Wildcards)),
        new XAttribute("pipelineInput", use.PipelineText),
        new XAttribute("position", use.PositionText),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        Maml.Name(parameter.Name),
        Maml.Description(parameter.Description.Then(PlainChoice(parameter))),
        parameter.IsSwitch ? null : new XElement(
            Maml.Command + "parameterValue",
            new XAttribute("required", "true"),
            new XAttribute("variableLength", Maml.Bool(parameter.IsArray)),
            parameter.Type),
        Maml.Type(parameter.Type),
        new XElement(Maml.Dev + "defaultValue", parameter.DefaultText),
        values);

    private static XElement? Choice(ParameterHelp parameter) => parameter.Values.Count == 0 ? null : new XElement(
        Maml.Command + "parameterValueGroup",
        parameter.Values.Select(value => new XElement(
            Maml.Command + "parameterValue",
            new XAttribute("required", "false"),
            new XAttribute("variableLength", "false"),
            value.Name)));

    /// <summary>Values that explain themselves one by one.</summary>
    private static XElement? AcceptedValues(ParameterHelp parameter) => !IsExplained(parameter) ? null : new XElement(
        Maml.Dev + "possibleValues",
        parameter.Values.Select(value => new XElement(
            Maml.Dev + "possibleValue",
            new XElement(Maml.Dev + "value", value.Name),
            Maml.Description(value.Summary))));

    /// <summary>Values without an explanation are a sentence: the list would be a page of blank lines.</summary>
    private static Prose PlainChoice(ParameterHelp parameter) =>
        parameter.Values.Count == 0 || IsExplained(parameter)
            ? Prose.Empty
            : Prose.Of($"Accepted values: {string.Join(", ", parameter.Values.Select(value => value.Name))}.");

    private static bool IsExplained(ParameterHelp parameter) => parameter.Values.Any(value => !value.Summary.IsEmpty);
}

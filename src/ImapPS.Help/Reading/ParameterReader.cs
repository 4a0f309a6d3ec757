using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using ImapPS.Help.Documentation;
using ImapPS.Help.Model;

namespace ImapPS.Help.Reading;

/// <summary>Reads a parameter from its property; an inherited one has the doc comment of the base that declares it.</summary>
internal sealed class ParameterReader(XmlDocumentation documentation, ProseReader prose, ObjectReader objects)
{
    public ParameterHelp Read(PropertyInfo property) => new(
        property.Name,
        property.DeclaringType!.Name.Split('`')[0],
        TypeNames.Short(property.PropertyType),
        TypeNames.IsSwitch(property.PropertyType),
        property.PropertyType.IsArray,
        prose.Read(documentation.Parts(property, "summary")),
        prose.Read(documentation.Parts(property, "remarks")),
        [.. property.One("Alias").Values().OfType<string>()],
        AcceptedValues(property),
        Default(property),
        property.One("SupportsWildcards") is not null,
        [.. property.All("Parameter").Where(attribute => !attribute.Get("DontShow", otherwise: false)).Select(ReadUse)]);

    private static ParameterUse ReadUse(CustomAttributeData attribute)
    {
        var position = attribute.Get("Position", int.MinValue);

        return new ParameterUse(
            attribute.Get("ParameterSetName", ParameterUse.AllSets),
            attribute.Get("Mandatory", otherwise: false),
            position == int.MinValue ? null : position,
            attribute.Get("ValueFromPipeline", otherwise: false),
            attribute.Get("ValueFromPipelineByPropertyName", otherwise: false),
            attribute.Get("ValueFromRemainingArguments", otherwise: false));
    }

    private IReadOnlyList<MemberHelp> AcceptedValues(PropertyInfo property)
    {
        var item = TypeNames.Item(property.PropertyType);
        string[] accepted = [.. property.One("ValidateSet").Values().OfType<string>()];
        if (!item.IsEnum) return [.. accepted.Select(value => new MemberHelp(value, "", Prose.Empty))];

        return
        [
            .. objects.EnumValues(item)
                .Where(value => accepted.Length == 0 || accepted.Contains(value.Name, StringComparer.OrdinalIgnoreCase)),
        ];
    }

    /// <summary>[PSDefaultValue], whose Help wins over its Value, or the component model's [DefaultValue].</summary>
    private static string? Default(PropertyInfo property)
    {
        if (property.One("PSDefaultValue") is { } attribute)
        {
            if (attribute.Get("Help", "") is { Length: > 0 } help) return help;

            return attribute.Argument("Value") is { } value ? Literal(value) : null;
        }

        var data = property.GetCustomAttributesData().FirstOrDefault(other => other.Is("System.ComponentModel.DefaultValueAttribute"));
        return data is { ConstructorArguments: [.., var last] } ? Literal(last) : null;
    }

    private static string Literal(CustomAttributeTypedArgument argument) => argument switch
    {
        { Value: null } => "$null",
        { ArgumentType.IsEnum: true } => EnumLiteral(argument),
        { Value: IReadOnlyCollection<CustomAttributeTypedArgument> items } => string.Join(", ", items.Select(Literal)),
        { Value: Type type } => TypeNames.Full(type),
        _ => Convert.ToString(argument.Value, CultureInfo.InvariantCulture)!,
    };

    private static string EnumLiteral(CustomAttributeTypedArgument argument) =>
        argument.ArgumentType.GetFields(BindingFlags.Public | BindingFlags.Static)
            .FirstOrDefault(field => Equals(field.GetRawConstantValue(), argument.Value))?.Name
        ?? Convert.ToString(argument.Value, CultureInfo.InvariantCulture)!;
}

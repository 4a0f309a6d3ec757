using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace ImapPS.Help.Reading;

/// <summary>Attributes as data: nothing of the module is run.</summary>
internal static class Attributes
{
    /// <summary>PowerShell's attributes of one kind on a member, without inherited ones: PowerShell does not inherit them either.</summary>
    public static IEnumerable<CustomAttributeData> All(this MemberInfo member, string kind) =>
        member.GetCustomAttributesData().Where(data => data.Is($"System.Management.Automation.{kind}Attribute"));

    public static CustomAttributeData? One(this MemberInfo member, string kind) => member.All(kind).FirstOrDefault();

    public static bool IsParameter(this PropertyInfo property) => property.One("Parameter") is not null;

    /// <summary>Verb-Noun, if the type is a cmdlet.</summary>
    public static string? CmdletName(this Type type) =>
        type.One("Cmdlet") is { ConstructorArguments: [var verb, var noun] } ? $"{verb.Value}-{noun.Value}" : null;

    public static bool Is(this CustomAttributeData data, string fullName) =>
        string.Equals(data.AttributeType.FullName, fullName, StringComparison.Ordinal);

    /// <summary>A property that the attribute sets.</summary>
    public static T Get<T>(this CustomAttributeData data, string name, T otherwise) =>
        data.Argument(name) is { Value: T value } ? value : otherwise;

    public static CustomAttributeTypedArgument? Argument(this CustomAttributeData data, string name)
    {
        foreach (var argument in data.NamedArguments)
        {
            if (string.Equals(argument.MemberName, name, StringComparison.Ordinal)) return argument.TypedValue;
        }

        return null;
    }

    /// <summary>The constructor's arguments, with those of a params array in its place.</summary>
    public static IEnumerable<object> Values(this CustomAttributeData? data) =>
        data?.ConstructorArguments.SelectMany(argument => argument.Items()).Select(argument => argument.Value).OfType<object>() ?? [];

    public static IEnumerable<CustomAttributeTypedArgument> Items(this CustomAttributeTypedArgument argument) =>
        argument.Value is IReadOnlyCollection<CustomAttributeTypedArgument> items ? items : [argument];
}

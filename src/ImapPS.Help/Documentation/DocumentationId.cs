using System;
using System.Reflection;

namespace ImapPS.Help.Documentation;

/// <summary>The names by which doc comments refer to types, properties and fields ('P:ImapPS.Models.ImapMessage.Uid').</summary>
internal static class DocumentationId
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + NameOf(type),
        PropertyInfo property => $"P:{NameOf(property.DeclaringType!)}.{property.Name}",
        FieldInfo field => $"F:{NameOf(field.DeclaringType!)}.{field.Name}",
        _ => throw new ArgumentException($"{member} has no documentation id here.", nameof(member)),
    };

    private static string NameOf(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition.FullName!.Replace('+', '.');
    }
}

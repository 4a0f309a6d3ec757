using System;
using System.Linq;

namespace ImapPS.Help.Reading;

/// <summary>Types as PowerShell's help spells them: String[], DateTimeOffset, Dictionary[String,Object].</summary>
internal static class TypeNames
{
    public static string Short(Type type) => Spell(type, definition => definition.Name);

    /// <summary>With the namespace, as Get-Member and [type] have it; 'None' for what is not emitted.</summary>
    public static string Full(Type type) =>
        type.FullName is "System.Void" ? "None" : Spell(type, definition => definition.FullName ?? definition.Name);

    public static bool IsSwitch(Type type) => type.FullName is "System.Management.Automation.SwitchParameter";

    /// <summary>What one item is: the element of an array or list, the value of a nullable.</summary>
    public static Type Item(Type type)
    {
        if (type.IsArray) return Item(type.GetElementType()!);

        return type is { IsGenericType: true, GenericTypeArguments: [var only] } ? Item(only) : type;
    }

    /// <summary>A nullable without its 'or nothing', which a parameter that is left out says anyway.</summary>
    private static Type Underlying(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition().FullName is "System.Nullable`1" ? type.GenericTypeArguments[0] : type;

    private static string Spell(Type declared, Func<Type, string> nameOf)
    {
        var type = Underlying(declared);
        if (type.IsArray) return Spell(type.GetElementType()!, nameOf) + "[]";
        if (!type.IsGenericType) return nameOf(type);

        var name = nameOf(type.GetGenericTypeDefinition());
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        var arguments = string.Join(',', type.GetGenericArguments().Select(argument => Spell(argument, nameOf)));
        return $"{(tick < 0 ? name : name[..tick])}[{arguments}]";
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace ImapPS.Help.Documentation;

/// <summary>Where a type or property stands in its family.</summary>
internal static class Inheritance
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    /// <summary>The type and its bases, most derived first.</summary>
    public static IEnumerable<Type> Lineage(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType) yield return current;
    }

    /// <summary>The public properties that an instance has, its own first; an override or a hidden one counts once.</summary>
    public static IEnumerable<PropertyInfo> PublicProperties(Type type) =>
        Lineage(type)
            .SelectMany(ancestor => ancestor.GetProperties(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Instance)
                .OrderBy(property => property.MetadataToken))
            .Where(property => Accessor(property).IsPublic && property.GetIndexParameters().Length == 0)
            .DistinctBy(property => property.Name, StringComparer.Ordinal);

    /// <summary>What inheritdoc means: a type's base, the property that is overridden, or the interface's.</summary>
    public static MemberInfo? Source(MemberInfo member) => member switch
    {
        Type type => type.BaseType,
        PropertyInfo { DeclaringType: { } owner } property =>
            FirstWith(property.Name, IsOverride(property) ? Lineage(owner).Skip(1) : owner.GetInterfaces()),
        _ => null,
    };

    private static PropertyInfo? FirstWith(string name, IEnumerable<Type> types) =>
        types.Select(type => type.GetProperty(name, Declared)).FirstOrDefault(property => property is not null);

    private static bool IsOverride(PropertyInfo property) =>
        Accessor(property) is { IsVirtual: true } accessor && !accessor.Attributes.HasFlag(MethodAttributes.NewSlot);

    private static MethodInfo Accessor(PropertyInfo property) => (property.GetMethod ?? property.SetMethod)!;
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace ImapPS.Filters.Checking;

/// <summary>The members of values, as PowerShell finds them: a list has its elements' too, and everything has a few of its own.</summary>
internal static class Members
{
    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.Instance;

    private const BindingFlags Static = BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>The property of a value, or its method without a call.</summary>
    /// <param name="owner">The value.</param>
    /// <param name="name">The name, in whatever case.</param>
    /// <param name="value">What is known of the property's value.</param>
    /// <returns>False when there is no such member.</returns>
    public static bool TryRead(Shape owner, string name, out Shape? value)
    {
        if (name.ToUpperInvariant() is "PSBASE" or "PSADAPTED")
        {
            value = owner;
            return true;
        }

        foreach ((Type type, bool isSeveral) in Owners(owner))
        {
            if (TryRead(type, name, out value))
            {
                if (isSeveral && value is { IsMethod: false }) value = value with { IsSeveral = true };
                return true;
            }
        }

        (bool isIntrinsic, value) = name.ToUpperInvariant() switch
        {
            "COUNT" or "LENGTH" => (true, new Shape(typeof(int))),
            "PSOBJECT" or "PSTYPENAMES" or "PSEXTENDED" => (true, null),
            _ => (false, (Shape?)null),
        };
        return isIntrinsic;
    }

    /// <summary>The result of a method.</summary>
    /// <returns>False when there is no such method.</returns>
    public static bool TryCall(Shape owner, string name, out Shape? result)
    {
        foreach ((Type type, bool isSeveral) in Owners(owner))
        {
            IEnumerable<MethodInfo> methods = type.GetInterfaces().Append(type).SelectMany(each => each.GetMethods(Instance));
            MethodInfo[] overloads = [.. methods.Where(method => Is(method, name))];
            bool isMethod = overloads.Length > 0 || Member(type, name) is PSMethodInfo;
            if (!isMethod) continue;

            result = Common(overloads.Where(method => !method.DeclaringType!.IsInterface).Select(method => method.ReturnType), isSeveral);
            return true;
        }

        result = null;
        return false;
    }

    /// <summary>A static property, field or method of a type.</summary>
    /// <returns>False when there is no such member.</returns>
    public static bool TryStatic(Type type, string name, bool isCall, out Shape? value)
    {
        MemberInfo[] members = [.. type.GetMembers(Static).Where(member => Is(member, name))];
        if (isCall)
        {
            bool isNew = name.Equals("new", StringComparison.OrdinalIgnoreCase);
            value = isNew ? Shape.Of(type) : Common(members.OfType<MethodInfo>().Select(method => method.ReturnType), isSeveral: false);
            return isNew || members.OfType<MethodInfo>().Any();
        }

        value = members.FirstOrDefault() switch
        {
            PropertyInfo property => Shape.Of(property.PropertyType),
            FieldInfo field => Shape.Of(field.FieldType),
            MethodInfo => Shape.Method,
            _ => null,
        };
        return members.Length > 0 || name.Equals("new", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The names of the properties that somebody may have meant.</summary>
    public static IReadOnlyList<string> Properties(Shape owner) =>
        Names(Owners(owner).SelectMany(each => each.Type.GetProperties(Instance)).Where(each => each.GetIndexParameters().Length == 0));

    /// <summary>The names of the methods that somebody may have meant.</summary>
    public static IReadOnlyList<string> Methods(Shape owner) => Names(Owners(owner).SelectMany(each => each.Type.GetMethods(Instance)));

    /// <summary>The names of the static members that somebody may have meant.</summary>
    public static IReadOnlyList<string> Statics(Type type) => Names(type.GetMembers(Static));

    /// <summary>Which types are asked for a member, in this order: what a list has not, its elements are asked for.</summary>
    private static IEnumerable<(Type Type, bool IsSeveral)> Owners(Shape owner)
    {
        yield return (owner.Type, owner.IsSeveral);
        if (owner.IsSeveral) yield return (typeof(object[]), false);

        for (Type? element = owner.Element; element is not null; element = Shape.ElementOf(element)) yield return (element, true);
    }

    private static bool TryRead(Type type, string name, out Shape? value)
    {
        PSMemberInfo? member = Member(type, name);
        value = null;
        if (member is PSMethodInfo)
        {
            value = Shape.Method;
            return true;
        }

        // A PSMethod cannot be had without its method.
        PropertyInfo? property = type.GetProperties(Instance).FirstOrDefault(each => Is(each, name));
        if (member is PSProperty && property is not null) value = Shape.Of(property.PropertyType) ?? OfElements(type, name);
        return member is not null || (type == typeof(PSMethod) && property is not null);
    }

    /// <summary>A list may have a property that it declares as object, and that is its elements'.</summary>
    private static Shape? OfElements(Type list, string name) =>
        Shape.ElementOf(list) is { } element && TryRead(element, name, out Shape? value) && value is { IsMethod: false }
            ? value with { IsSeveral = true }
            : null;

    private static PSMemberInfo? Member(Type type, string name) =>
        type == typeof(object[]) ? PSObject.AsPSObject(Array.Empty<object>()).Members[name]
        : Shape.Sample(type) is { } sample ? PSObject.AsPSObject(sample).Members[name]
        : null;

    private static Shape? Common(IEnumerable<Type> types, bool isSeveral) =>
        types.Distinct().ToArray() is [var type] ? Shape.Of(type, isSeveral) : null;

    private static string[] Names(IEnumerable<MemberInfo> members)
    {
        IEnumerable<MemberInfo> written = members.Where(member => member is not MethodBase { IsSpecialName: true });
        return [.. written.Select(member => member.Name).Distinct(StringComparer.Ordinal)];
    }

    private static bool Is(MemberInfo member, string name) => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}

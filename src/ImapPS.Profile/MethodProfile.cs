using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace ImapPS.Profile;

/// <summary>
/// profile.txt: the methods that a first command runs. Its lines are "Assembly!Type: Method Method ...", the names as the source has them.
/// </summary>
internal sealed class MethodProfile
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly Dictionary<(string Assembly, string Type), HashSet<string>> _names;

    private MethodProfile(Dictionary<(string Assembly, string Type), HashSet<string>> names) => _names = names;

    public IEnumerable<string> Assemblies =>
        _names.Keys.Select(key => key.Assembly).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    public static MethodProfile Read(string path) => new(File.ReadLines(path)
        .Select(line => line.Split(['!', ':', ' '], StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(parts => (parts[0], parts[1]), parts => parts.Skip(2).ToHashSet(StringComparer.Ordinal)));

    /// <summary>The methods that are named. A name that is no more is passed over: what it is now compiles when it runs.</summary>
    public IEnumerable<MethodBase> Methods(Assembly assembly) =>
        from type in assembly.GetTypes()
        where !type.IsInterface
        let source = SourceName.Of(type)
        let names = _names.GetValueOrDefault((assembly.GetName().Name!, source.Type))
        where names is not null
        let closed = ForObjects(type)
        where closed is not null
        from method in closed.GetConstructors(All).Cast<MethodBase>().Concat(closed.GetMethods(All))
        where names.Contains(source.Method ?? SourceName.Of(method.Name)) && method.GetMethodBody() is not null
        where !IsStaticConstructorOfGeneric(method)
        let whole = ForObjects(method)
        where whole is not null
        select whole;

    /// <summary>The writer of assemblies cannot name one.</summary>
    private static bool IsStaticConstructorOfGeneric(MethodBase method) =>
        method is ConstructorInfo { IsStatic: true, DeclaringType.IsGenericType: true };

    /// <summary>What is generic, for objects: its code is the same for all classes. Null if no object fits.</summary>
    private static Type? ForObjects(Type type)
    {
        if (!type.IsGenericTypeDefinition) return type;

        Type[] parameters = type.GetGenericArguments();
        return TakesObjects(parameters) ? type.MakeGenericType(Objects(parameters)) : null;
    }

    private static MethodBase? ForObjects(MethodBase method)
    {
        if (method is not MethodInfo { IsGenericMethodDefinition: true } generic) return method;

        Type[] parameters = generic.GetGenericArguments();
        return TakesObjects(parameters) ? generic.MakeGenericMethod(Objects(parameters)) : null;
    }

    private static bool TakesObjects(Type[] parameters) => parameters.All(parameter =>
        parameter.GetGenericParameterConstraints().Length == 0
            && !parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint));

    private static Type[] Objects(Type[] parameters) => [.. parameters.Select(_ => typeof(object))];
}

using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using ImapPS.Models;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Views;

/// <summary>Objects of every type that the module emits, each with <see cref="Hostile.Text"/> wherever it has text.</summary>
internal static class HostileObjects
{
    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>What the cmdlets say that they emit, and what the properties of those hold.</summary>
    public static IReadOnlyList<Type> Types { get; } = FindTypes();

    public static object Create(Type type) => Create(type, Hostile.Text);

    /// <summary>An object with something in every property, and that text wherever it has text.</summary>
    public static object Create(Type type, string text)
    {
        object made = RuntimeHelpers.GetUninitializedObject(type);
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(OwnFields)) field.SetValue(made, Value(field.FieldType, text));
        }

        return made;
    }

    private static List<Type> FindTypes()
    {
        List<Type> found = [];
        var next = new Queue<Type>(ModuleCmdlets.Types.SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(attribute => attribute.Type).Select(name => name.Type));
        while (next.TryDequeue(out Type? type))
        {
            if (type?.Namespace is not "ImapPS.Models" || type.IsEnum || type.IsInterface || type.IsAbstract || found.Contains(type))
            {
                continue;
            }

            found.Add(type);
            foreach (PropertyInfo property in type.GetProperties()) next.Enqueue(ElementOf(property.PropertyType) ?? property.PropertyType);
        }

        return found;
    }

    private static object? Value(Type type, string text)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return text;
        if (type == typeof(Uri)) return new Uri("https://example.org/\u202e/\u200b?x=\u2066", UriKind.Absolute);
        if (type == typeof(ISessionStatus)) return new Status(text);
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.UnixEpoch.AddYears(50);
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Last();
        if (ElementOf(type) is { } element)
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
            list.Add(Value(element, text));
            if (type.IsAssignableFrom(element.MakeArrayType())) return list.GetType().GetMethod("ToArray")!.Invoke(list, null);
            if (type.IsAssignableFrom(typeof(ReadOnlyCollection<>).MakeGenericType(element)))
            {
                return Activator.CreateInstance(typeof(ReadOnlyCollection<>).MakeGenericType(element), list);
            }

            if (type.IsInstanceOfType(list)) return list;
        }

        if (type.Namespace is "ImapPS.Models" && !type.IsAbstract && type != typeof(ImapSession)) return Create(type, text);

        return type.IsPrimitive && type != typeof(bool)
            ? Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture)
            : type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private static Type? ElementOf(Type type) => type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : type.GetInterfaces().Append(type)
            .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private sealed class Status(string text) : ISessionStatus
    {
        public ImapSessionState State => ImapSessionState.Open;

        public string Security => text;

        public IReadOnlyList<string> Capabilities => [text];

        public bool IsCompressed => true;

        public bool IsDefault => true;
    }
}

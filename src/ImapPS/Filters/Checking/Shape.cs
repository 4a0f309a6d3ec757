using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Filters.Checking;

/// <summary>What is known of an expression's value before it is evaluated.</summary>
/// <param name="Type">The type of the value.</param>
/// <param name="IsSeveral">True where there may be none of it, or an array of several, as a pipeline's result has it.</param>
internal sealed record Shape(Type Type, bool IsSeveral = false)
{
    /// <summary>
    /// Something of each type to ask for its members, also for those that Update-TypeData has added. A list of nothing has a type of its
    /// own.
    /// </summary>
    private static readonly Dictionary<Type, object> _samples = new object[]
    {
        new ImapMessage(), new ImapAddress(string.Empty, string.Empty), new ImapAttachment(string.Empty, string.Empty, 0, string.Empty),
        new ImapHeader(string.Empty, string.Empty), ImapAddressList.Of([new ImapAddress(string.Empty, string.Empty)]), ImapList<string>.Of(
            [string.Empty]),
        ImapList<ImapAttachment>.Of([new ImapAttachment(string.Empty, string.Empty, 0, string.Empty)]),
        ImapList<ImapHeader>.Of(
            [new ImapHeader(string.Empty, string.Empty)]), string.Empty, 0m, DateTime.MinValue, DateTimeOffset.MinValue,
            TimeSpan.Zero, Guid.Empty,
    }.ToDictionary(sample => sample.GetType());

    /// <summary>What a method is where no parentheses call it.</summary>
    public static Shape Method { get; } = new(typeof(PSMethod));

    public static Shape Message { get; } = new(typeof(ImapMessage));

    public static Shape Boolean { get; } = new(typeof(bool));

    public static Shape Text { get; } = new(typeof(string));

    public bool IsMethod => Type == typeof(PSMethod);

    /// <summary>True for a message.</summary>
    public bool IsMessage => Type == typeof(ImapMessage);

    /// <summary>The type of the elements, where it is a list.</summary>
    public Type? Element => ElementOf(Type);

    /// <summary>What comes of it in a pipeline, or in a loop, one after another.</summary>
    public Shape Item => new(Element ?? Type);

    /// <summary>What a pipeline makes of it as a whole.</summary>
    public Shape Enumerated => Element is { } element ? new Shape(element, IsSeveral: true) : this;

    /// <summary>The array that @() makes of it.</summary>
    public Shape Array => new(Item.Type.MakeArrayType());

    /// <summary>
    /// A value of this type; null where the type does not tell what the value can do: there may be derived types, or members that
    /// nobody knows beforehand.
    /// </summary>
    public static Shape? Of(Type? type, bool isSeveral = false)
    {
        if (type is null) return null;

        type = Nullable.GetUnderlyingType(type) ?? type;
        return Sample(type) is null ? null : new Shape(type, isSeveral);
    }

    /// <summary>A value of the type; null where nothing is known of such.</summary>
    public static object? Sample(Type type) =>
        _samples.TryGetValue(type, out object? sample) ? sample
        : type.IsPrimitive || type.IsEnum ? Activator.CreateInstance(type)
        : type.IsArray && type.GetArrayRank() == 1 ? SampleOf(type.GetElementType()!)
        : null;

    /// <summary>The type of a list's elements.</summary>
    public static Type? ElementOf(Type list) => list == typeof(string) ? null : list.GetInterfaces().Append(list)
        .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static System.Array? SampleOf(Type element) => Sample(element) is null ? null : System.Array.CreateInstance(element, 0);
}

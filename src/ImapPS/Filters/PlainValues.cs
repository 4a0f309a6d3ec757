using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using ImapPS.Binding;
using ImapPS.Models;

namespace ImapPS.Filters;

/// <summary>Values that are the same whenever they are looked at, so that looking at them has no effect.</summary>
internal static class PlainValues
{
    private const int LongestList = 10_000;

    private static readonly Type[] _types =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(
            Guid), typeof(Version), typeof(Uri),
        typeof(Regex), typeof(CultureInfo), typeof(SwitchParameter),
    ];

    private static readonly Type[] _tools = [typeof(Math), typeof(Convert), typeof(WildcardPattern)];

    /// <summary>True for a type that has no state.</summary>
    public static bool IsPlainType(Type? type) => type is not null
        && (type.IsPrimitive || type.IsEnum || _types.Contains(type)
        || (type.IsArray && (type.GetElementType() == typeof(object) || IsPlainType(type.GetElementType()))));

    /// <summary>True for a type whose static members only compute.</summary>
    public static bool IsTool(Type? type) => IsPlainType(type) || _tools.Contains(type);

    /// <summary>True for a plain value, or a list of such.</summary>
    public static bool IsPlain(object? value)
    {
        if (value is null) return true;

        if (PSObject.AsPSObject(value).Methods[nameof(ToString)] is not PSMethod) return false;

        object plain = Wrapped.Unwrap(value);
        return IsPlainType(plain.GetType())
            ? plain is not Array array || IsPlainList(array)
            : (IsList(plain) && IsPlainList((IList)plain)) || plain is ImapList<string>;
    }

    /// <summary>
    /// True when reading this property of the value is no more than that: no script, and no getter that could do anything.
    /// </summary>
    public static bool HasPlainProperty(object? value, string name)
    {
        if (value is null) return true;

        object plain = Wrapped.Unwrap(value);
        if (plain is Hashtable or OrderedDictionary) return true;

        return PSObject.AsPSObject(value).Properties[name] switch
        {
            PSNoteProperty => true,
            PSAliasProperty alias => HasPlainProperty(value, alias.ReferencedMemberName),
            PSProperty => IsSnapshot(plain.GetType()) || IsList(plain),
            null => plain is not IList list
                || (IsList(plain) && list.Count <= LongestList && list.Cast<object?>().All(member => HasPlainProperty(member, name))),
            _ => false,
        };
    }

    /// <summary>True when this method of the value only computes.</summary>
    public static bool HasPlainMethod(object? value, string name) =>
        value is not null && IsPlainType(Wrapped.Unwrap(value).GetType()) && Wrapped.Unwrap(value) is not Array
            && PSObject.AsPSObject(value).Methods[name] is PSMethod;

    /// <summary>True when an element of the value can be had by its index or key.</summary>
    public static bool IsIndexable(object? value) => value is not null
        && Wrapped.Unwrap(value) is string or Hashtable or OrderedDictionary or IReadOnlyList<object> or IList
        && (Wrapped.Unwrap(value) is not IList list || IsList(list));

    private static bool IsList(object value) => value is Array or ArrayList
        || (value is IList && value.GetType().Namespace is "System.Collections.Generic" or "System.Collections.ObjectModel");

    private static bool IsPlainList(IList list) => list.Count <= LongestList && list.Cast<object?>().All(IsPlain);

    /// <summary>
    /// The module's own objects, files, and those of classes that are written in PowerShell: their properties are values.
    /// </summary>
    private static bool IsSnapshot(Type type) =>
        IsPlainType(type)
        || typeof(FileSystemInfo).IsAssignableFrom(type)
        || type.Namespace == typeof(ImapMessage).Namespace
        || type.Assembly.GetName().Name == "PowerShell Class Assembly";
}

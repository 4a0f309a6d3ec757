using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Binding;
using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Filters;

/// <summary>What a comparison of a message's value with one of the caller's comes down to; null where nothing can be said.</summary>
internal static class ValueComparison
{
    /// <summary>More of them are quicker compared here than written into a SEARCH.</summary>
    private const int MostMembers = 50;

    /// <summary>That a value is true as it stands.</summary>
    public static SearchTerm? Truth(MessageValue? value) => value switch
    {
        MessageValue.OneFlag one => new FlagTerm(one.Flag, IsSet: true),
        MessageValue.AllFlags => FlagComparison.Any(FlagComparison.Every),
        MessageValue.SomeFlags some => FlagComparison.Any(some.Mask),
        _ => null,
    };

    /// <summary>The message's value on the left.</summary>
    public static SearchTerm? Compare(MessageValue value, Operation operation, object? with, bool isExact) => operation switch
    {
        Operation.In => AnyOf(value, with, isExact),
        Operation.NotIn => AnyOf(value, with, isExact)?.Negate(),
        _ => value switch
        {
            MessageValue.OneFlag one => FlagComparison.Compare(one.Flag, operation, Wrapped.Unwrap(with)),
            MessageValue.AllFlags => FlagComparison.Compare(FlagComparison.Every, operation, Wrapped.Unwrap(with)),
            MessageValue.SomeFlags some => FlagComparison.CompareMask(some.Mask, operation, Wrapped.Unwrap(with)),
            MessageValue.Keywords => KeywordComparison.Compare(operation, Wrapped.Unwrap(with), isExact),
            MessageValue.Size or MessageValue.Uid => NumberComparison.Compare(value, operation, Wrapped.Unwrap(with)),
            MessageValue.Date date => DateComparison.Compare(date, operation, Wrapped.Unwrap(with)),
            MessageValue.Text text => TextComparison.Compare(text, operation, Wrapped.Unwrap(with), isExact),
            _ => null,
        },
    };

    /// <summary>
    /// The caller's value on the left, which is what PowerShell converts the other to; the operation is the one with the operands turned
    /// round.
    /// </summary>
    public static SearchTerm? Compare(object? with, MessageValue value, Operation operation, bool isExact) => operation switch
    {
        // $list -contains $_.Size and $_.Size -in $list are the same thing, and so are 'x' -in $_.Keywords and $_.Keywords -contains 'x'.
        Operation.In or Operation.NotIn => Compare(value, operation, with, isExact),
        Operation.Contains or Operation.NotContains when value is MessageValue.Keywords or MessageValue.Text { Shape: not TextShape.One } =>
            Compare(value, operation, with, isExact),
        _ => (value, Wrapped.Unwrap(with)) switch
        {
            (MessageValue.OneFlag, bool) => Compare(value, operation, with, isExact),
            (MessageValue.AllFlags, ImapMessageFlags) => Compare(value, operation, with, isExact),
            (MessageValue.Size or MessageValue.Uid, { } number) when NumberComparison.IsNumber(number) =>
                Compare(value, operation, with, isExact),

            // An instant becomes no DateTime, which is an error, and is the block's to report.
            (MessageValue.Date { IsClock: false }, DateTimeOffset) => Compare(value, operation, with, isExact),
            (MessageValue.Date { IsClock: true }, DateTime) => Compare(value, operation, with, isExact),
            (MessageValue.Text { Shape: TextShape.One or TextShape.Part or TextShape.Parts } text, string)
                when operation == Operation.Equal => TextComparison.Compare(text, operation, Wrapped.Unwrap(with), isExact),
            _ => null,
        },
    };

    /// <summary>A method with one argument.</summary>
    public static SearchTerm? Call(MessageValue value, string method, object? argument) => value switch
    {
        MessageValue.AllFlags when Is(method, nameof(Enum.HasFlag))
            && Wrapped.Unwrap(argument) is ImapMessageFlags flags => FlagComparison.All(flags),
        MessageValue.Text { Shape: TextShape.One or TextShape.Part } text when Wrapped.Unwrap(argument) is string part =>
            TextComparison.Call(text, method, part),
        _ => null,
    };

    /// <summary>The object behind what PowerShell wraps around it.</summary>
    private static SearchTerm? AnyOf(MessageValue value, object? list, bool isExact)
    {
        // Here the members are on the left, and the message's value is what is converted.
        var members = new List<SearchTerm>();
        foreach (object? member in Members(Wrapped.Unwrap(list)))
        {
            if (members.Count == MostMembers || Compare(Wrapped.Unwrap(member), value, Operation.Equal, isExact) is not { } term)
            {
                return null;
            }

            members.Add(term);
        }

        return members.Count switch
        {
            0 => new ConstantTerm(Holds: false),
            1 => members[0],
            _ => new CombinedTerm(members, All: false),
        };
    }

    private static IEnumerable<object?> Members(object? list) => list is IList or ImapList<string>
        ? ((IEnumerable)list).Cast<object?>() : [list];

    private static bool Is(string name, string method) => name.Equals(method, StringComparison.OrdinalIgnoreCase);
}

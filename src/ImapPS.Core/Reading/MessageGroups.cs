using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ImapPS.Models;
using MimeKit;

namespace ImapPS.Reading;

/// <summary>Which groups a message is in, and what must be fetched of it to tell. Without a value it is in the group of no text.</summary>
internal static class MessageGroups
{
    private const string ListField = "List-Id";

    private static readonly string[] _none = [string.Empty];

    private static readonly ImapMessageFlags[] _flags = [ImapMessageFlags.Seen, ImapMessageFlags.Answered, ImapMessageFlags.Flagged,
        ImapMessageFlags.Deleted, ImapMessageFlags.Draft];

    /// <summary>What of a message must be known.</summary>
    public static MessageParts Parts(ImapGrouping by) => by switch
    {
        ImapGrouping.Sender or ImapGrouping.Domain => MessageParts.From,
        ImapGrouping.Recipient => MessageParts.To | MessageParts.Cc,
        ImapGrouping.Year or ImapGrouping.Month or ImapGrouping.Weekday or ImapGrouping.Hour => MessageParts.Received,
        ImapGrouping.SizeClass => MessageParts.Size,
        ImapGrouping.Flag or ImapGrouping.Keyword => MessageParts.Flags,
        ImapGrouping.AttachmentType => MessageParts.Structure,
        _ => MessageParts.None,
    };

    /// <summary>Header fields that must be fetched, which a message does not hold by itself.</summary>
    public static IReadOnlyList<string> HeaderFields(ImapGrouping by) => by == ImapGrouping.ListId ? [ListField] : [];

    /// <summary>The header field that alone decides, where it is one.</summary>
    public static HeaderId? Field(ImapGrouping by) => by switch
    {
        ImapGrouping.Sender or ImapGrouping.Domain => HeaderId.From,
        ImapGrouping.ListId => HeaderId.ListId,
        _ => null,
    };

    /// <summary>True for groups that are shown in their own order, and not by their numbers.</summary>
    public static bool HaveOrder(ImapGrouping by) => by is ImapGrouping.Year or ImapGrouping.Month or ImapGrouping.Weekday
        or ImapGrouping.Hour or ImapGrouping.SizeClass;

    /// <summary>Compares two values of a grouping, as their groups are shown.</summary>
    public static int Compare(ImapGrouping by, string one, string other) => by switch
    {
        ImapGrouping.Weekday => Day(one).CompareTo(Day(other)),
        ImapGrouping.SizeClass => SizeClasses.IndexOf(one).CompareTo(SizeClasses.IndexOf(other)),
        _ => StringComparer.OrdinalIgnoreCase.Compare(one, other),
    };

    /// <summary>The values of a message, each once.</summary>
    public static IReadOnlyList<string> Values(ImapGrouping by, ImapMessage message)
    {
        switch (by)
        {
            case ImapGrouping.Sender:
                return Each(message.From.Select(Person));
            case ImapGrouping.Domain:
                return Each(message.From.Select(address => DomainOf(address.Address)));
            case ImapGrouping.Recipient:
                return Each(message.To.Concat(message.Cc).Select(Person));
            case ImapGrouping.Flag:
                return Each(_flags.Where(flag => message.Flags.HasFlag(flag)).Select(flag => flag.ToString()));
            case ImapGrouping.Keyword:
                return Each(message.Keywords);
            case ImapGrouping.AttachmentType:
                return Each(message.Attachments.Select(attachment => attachment.Type));
            default:
                return [Value(by, message)];
        }
    }

    private static string Value(ImapGrouping by, ImapMessage message) => by switch
    {
        ImapGrouping.Year => Received(message, "yyyy"),
        ImapGrouping.Month => Received(message, "yyyy-MM"),
        ImapGrouping.Weekday => message.Received?.LocalDateTime.DayOfWeek.ToString() ?? string.Empty,
        ImapGrouping.Hour => Received(message, "HH"),
        ImapGrouping.SizeClass => SizeClasses.Of(message.Size),
        ImapGrouping.ListId => ListOf(message),
        _ => message.Folder,
    };

    private static string Received(ImapMessage message, string format) =>
        message.Received?.LocalDateTime.ToString(format, CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Person(ImapAddress address) => DomainForms.ToUnicode(address.ToString());

    private static string DomainOf(string address) =>
        address.LastIndexOf('@') is >= 0 and var at ? DomainForms.ToUnicode(address.Substring(at + 1)) : string.Empty;

    /// <summary>The identifier within the angle brackets, or all that the field says.</summary>
    private static string ListOf(ImapMessage message)
    {
        ImapHeader? field = message.Fetched.FirstOrDefault(header =>
            string.Equals(header.Name, ListField, StringComparison.OrdinalIgnoreCase));
        return field is null ? string.Empty : ImapAddress.AddressIn(field.Value)?.Trim() ?? field.Value;
    }

    private static IReadOnlyList<string> Each(IEnumerable<string> values)
    {
        List<string>? several = null;
        string? first = null;
        foreach (string value in values)
        {
            if (first is null) first = value;
            else if (several is null ? !Same(first, value) : !several.Exists(other => Same(other, value))) (several ??= [first]).Add(value);
        }

        return several is not null ? several : first is null ? _none : [first];
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The place of a day in the week, which begins on Monday (ISO 8601); before it, what is no day.</summary>
    private static int Day(string name) => Enum.TryParse(name, out DayOfWeek day) ? ((int)day + 6) % 7 : -1;
}

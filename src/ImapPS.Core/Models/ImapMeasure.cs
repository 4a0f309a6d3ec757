using System;
using ImapPS.Search;

namespace ImapPS.Models;

/// <summary>
/// The numbers of a group of messages, as Measure-ImapFolder returns them. Get-ImapMessage takes the object, and returns the messages of
/// the group.
/// </summary>
public sealed class ImapMeasure
{
    internal ImapMeasure()
    {
    }

    /// <summary>The values of the group in words. Where messages have no value, the word is (none). Empty if there are no groups.</summary>
    public string Name { get; internal init; } = string.Empty;

    /// <summary>The number of messages.</summary>
    public long Count { get; internal init; }

    /// <summary>The share of the group in the number of all measured messages, in percent.</summary>
    public double Percent { get; internal init; }

    /// <summary>The total size of the messages, in octets (RFC822.SIZE).</summary>
    public long Size { get; internal init; }

    /// <summary>The number of messages without \Seen.</summary>
    public long Unread { get; internal init; }

    /// <summary>The number of attachments of the messages. Null if attachments are not counted.</summary>
    public long? Attachments { get; internal init; }

    /// <summary>The time at which the oldest of the messages was received. Null if it is not known of any message.</summary>
    public DateTimeOffset? Oldest { get; internal init; }

    /// <summary>The time at which the newest of the messages was received. Null if it is not known of any message.</summary>
    public DateTimeOffset? Newest { get; internal init; }

    /// <summary>What the messages are grouped by. Empty if there are no groups.</summary>
    public ImapList<string> By { get; internal init; } = ImapList<string>.Empty;

    /// <summary>The value for each name in By. Empty text for messages that have no value.</summary>
    public ImapList<string> Values { get; internal init; } = ImapList<string>.Empty;

    /// <summary>The names of the criteria that the messages meet, such as Unread. Empty if there were none.</summary>
    public ImapList<string> Criteria { get; internal init; } = ImapList<string>.Empty;

    /// <summary>The paths of the folders that the messages are in. Without groups, of all folders that were measured.</summary>
    public ImapList<string> Folder { get; internal init; } = ImapList<string>.Empty;

    /// <summary>The id of the session that the messages were read from.</summary>
    public int? SessionId { get; internal init; }

    /// <summary>The criteria themselves, but for the caller's own filter.</summary>
    internal MessageCriteria Wanted { get; init; } = new([]);

    /// <summary>The caller's own filter, which only PowerShell can read.</summary>
    internal object? Filter { get; init; }

    /// <summary>Returns the name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;
}

using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Reading;

/// <summary>Counts messages by their groups, and keeps none of them: memory grows with the groups.</summary>
internal sealed class MessageTally(IReadOnlyList<ImapGrouping> by)
{
    // No value that a message can have holds a NUL: it is shown as a picture.
    private const string Between = "\0";

    private readonly Dictionary<string, MessageGroup> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly KnownValues[] _known = [.. by.Select(_ => new KnownValues())];
    private readonly List<string> _folders = [];

    /// <summary>What must be fetched of each message.</summary>
    /// <param name="by">What is grouped by.</param>
    /// <param name="attachments">Whether attachments are counted.</param>
    public static MessageParts Parts(IEnumerable<ImapGrouping> by, bool attachments) => by.Aggregate(
        MessageParts.Flags | MessageParts.Size | MessageParts.Received | (attachments ? MessageParts.Structure : MessageParts.None),
        (parts, grouping) => parts | MessageGroups.Parts(grouping));

    /// <summary>Whether a folder without messages is a group, where folders are what is grouped by.</summary>
    public bool TellsEmptyFolders { get; init; }

    /// <summary>How many messages were counted.</summary>
    public long Count { get; private set; }

    /// <summary>The folders that were opened, in their order.</summary>
    public IReadOnlyList<string> Folders => _folders;

    /// <summary>The groups: those with the most messages first, and periods and sizes in their order.</summary>
    /// <param name="top">How many of those with the most messages.</param>
    public IReadOnlyList<MessageGroup> Groups(int top)
    {
        if (by.Count == 0 && _groups.Count == 0) return [new MessageGroup([])];

        IEnumerable<MessageGroup> groups = _groups.Values.OrderByDescending(group => group.Count).ThenBy(group => group, InOrder).Take(top);
        return [.. by.All(MessageGroups.HaveOrder) ? groups.OrderBy(group => group, InOrder) : groups];
    }

    /// <summary>The messages that come now are in this folder. False if it has been counted.</summary>
    public bool Open(string folder)
    {
        if (_folders.Contains(folder, StringComparer.Ordinal)) return false;

        _folders.Add(folder);
        if (TellsEmptyFolders && by.Count == 1 && by[0] == ImapGrouping.Folder) Group(Key(by[0], folder), folder).Open(_folders.Count - 1);
        return true;
    }

    public void Add(ImapMessage message)
    {
        Count++;
        if (by.Count == 0) Group(string.Empty, []).Add(message, _folders.Count - 1);
        else if (by.Count == 1)
        {
            IReadOnlyList<string> values = Values(0, message);
            for (int i = 0; i < values.Count; i++) Group(Key(by[0], values[i]), values[i]).Add(message, _folders.Count - 1);
        }
        else AddCombined(message);
    }

    private Comparer<MessageGroup> InOrder => Comparer<MessageGroup>.Create((one, other) =>
    {
        for (int i = 0; i < by.Count; i++)
        {
            if (MessageGroups.Compare(by[i], one.Values[i], other.Values[i]) is not 0 and var difference) return difference;
        }

        return 0;
    });

    /// <summary>A message is in a group for each combination of its values.</summary>
    private void AddCombined(ImapMessage message)
    {
        IEnumerable<IReadOnlyList<string>> combinations = [[]];
        for (int i = 0; i < by.Count; i++)
        {
            IReadOnlyList<string> values = Values(i, message);
            combinations = [.. combinations.SelectMany(_ => values, (before, value) => (IReadOnlyList<string>)[.. before, value])];
        }

        foreach (IReadOnlyList<string> values in combinations)
        {
            string key = string.Join(Between, values.Select((value, i) => Key(by[i], value)));
            Group(key, [.. values]).Add(message, _folders.Count - 1);
        }
    }

    /// <summary>Folders are told apart by the case of their names, and so by their places here.</summary>
    private string Key(ImapGrouping grouping, string value) => grouping == ImapGrouping.Folder ? $"{_folders.Count}" : value;

    private IReadOnlyList<string> Values(int place, ImapMessage message) =>
        MessageGroups.Field(by[place]) is { } field && message.Field(field) is { Length: > 0 } octets
            ? _known[place].Of(octets, () => MessageGroups.Values(by[place], message))
            : MessageGroups.Values(by[place], message);

    private MessageGroup Group(string key, params string[] values)
    {
        if (!_groups.TryGetValue(key, out MessageGroup? group)) _groups.Add(key, group = new MessageGroup(values));
        return group;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Reporting;

/// <summary>
/// All that a report tells of messages, counted in one pass. Messages are not kept: memory grows with the groups, and with the few octets
/// of each message that tell copies.
/// </summary>
/// <param name="now">The time from which the age of mail is counted.</param>
internal sealed class MailboxTally(DateTimeOffset now)
{
    private static readonly ImapGrouping[] _groupings =
    [
        ImapGrouping.Folder, ImapGrouping.Month, ImapGrouping.Sender, ImapGrouping.ListId, ImapGrouping.SizeClass,
    ];

    private readonly Dictionary<ImapGrouping, MessageTally> _tallies = _groupings.ToDictionary(by => by, by => new MessageTally([by]));
    private readonly MessageTally _all = new([]);
    private bool _comparesCopies;

    /// <summary>The time from which the age of mail is counted.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>All messages.</summary>
    public MessageGroup Total => _all.Groups(1)[0];

    /// <summary>The folders that were opened, in their order.</summary>
    public IReadOnlyList<string> Folders => _all.Folders;

    public AgeTally Ages { get; } = new(now);

    public AttachmentTally Attachments { get; } = new();

    public CopyTable Copies { get; } = new();

    /// <summary>What is fetched of each message.</summary>
    /// <param name="isGmail">Whether the server says which messages it shows in several folders.</param>
    public static FetchItems Items(bool isGmail) => new()
    {
        Parts = MessageTally.Parts(_groupings, attachments: true) | MessageParts.MessageId
            | (isGmail ? MessageParts.ServerData : MessageParts.None),
        Compared = [.. _groupings.SelectMany(MessageGroups.HeaderFields)],
    };

    /// <summary>The groups of one grouping, as Measure-ImapFolder has them.</summary>
    public IReadOnlyList<MessageGroup> Groups(ImapGrouping by) => _tallies[by].Groups(int.MaxValue);

    /// <summary>The messages that come now are in this folder. False if it has been counted.</summary>
    /// <param name="found">The folder.</param>
    /// <param name="comparesCopies">Whether its messages are compared with others.</param>
    public bool Open(SearchResult found, bool comparesCopies)
    {
        if (!_all.Open(found.Folder)) return false;

        foreach (MessageTally tally in _tallies.Values) tally.Open(found.Folder);
        _comparesCopies = comparesCopies && Copies.Open(found);
        return true;
    }

    public void Add(ImapMessage message)
    {
        _all.Add(message);
        foreach (MessageTally tally in _tallies.Values) tally.Add(message);
        Ages.Add(message);
        Attachments.Add(message);
        if (_comparesCopies) Copies.Add(message);
    }
}

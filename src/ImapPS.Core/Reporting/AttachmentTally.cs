using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Reporting;

/// <summary>Counts attachments by their types, and by their sizes.</summary>
internal sealed class AttachmentTally
{
    private readonly Dictionary<string, AttachmentGroup> _types = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<int, AttachmentGroup> _sizes = [];

    /// <summary>All attachments.</summary>
    public AttachmentGroup Total { get; } = new(string.Empty);

    /// <summary>The types, those with the largest size first.</summary>
    public IReadOnlyList<AttachmentGroup> Types =>
        [.. _types.Values.OrderByDescending(type => type.Size).ThenBy(type => type.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The classes of sizes, the smallest first.</summary>
    public IReadOnlyList<AttachmentGroup> Sizes => [.. _sizes.Values];

    public void Add(ImapMessage message)
    {
        for (int i = 0; i < message.Attachments.Count; i++)
        {
            ImapAttachment attachment = message.Attachments[i];
            bool isFirst = true;
            for (int earlier = 0; earlier < i && isFirst; earlier++)
            {
                isFirst = !string.Equals(message.Attachments[earlier].Type, attachment.Type, StringComparison.OrdinalIgnoreCase);
            }

            Total.Add(attachment, isNewMessage: i == 0);
            Group(_types, attachment.Type, attachment.Type).Add(attachment, isFirst);
            string size = SizeClasses.Of(attachment.Size);
            Group(_sizes, SizeClasses.IndexOf(size), size).Add(attachment, isNewMessage: false);
        }
    }

    private static AttachmentGroup Group<T>(IDictionary<T, AttachmentGroup> groups, T key, string name)
    {
        if (!groups.TryGetValue(key, out AttachmentGroup? group)) groups.Add(key, group = new AttachmentGroup(name));
        return group;
    }
}

/// <summary>The numbers of some attachments.</summary>
internal sealed class AttachmentGroup(string name)
{
    public string Name { get; } = name;

    public long Count { get; private set; }

    /// <summary>Their size as transferred (encoded).</summary>
    public long Size { get; private set; }

    /// <summary>How many messages have at least one of them.</summary>
    public long Messages { get; private set; }

    public void Add(ImapAttachment attachment, bool isNewMessage)
    {
        Count++;
        Size += attachment.Size;
        if (isNewMessage) Messages++;
    }
}

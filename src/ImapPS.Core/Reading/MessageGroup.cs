using System;
using System.Collections.Generic;
using ImapPS.Models;

namespace ImapPS.Reading;

/// <summary>The numbers of one group of messages.</summary>
internal sealed class MessageGroup(string[] values)
{
    private readonly List<int> _folders = new(1);

    /// <summary>A value for each grouping.</summary>
    public IReadOnlyList<string> Values { get; } = values;

    public long Count { get; private set; }

    public long Size { get; private set; }

    public long Unread { get; private set; }

    public long Attachments { get; private set; }

    public DateTimeOffset? Oldest { get; private set; }

    public DateTimeOffset? Newest { get; private set; }

    /// <summary>The places of the folders that its messages are in, ascending.</summary>
    public IReadOnlyList<int> Folders => _folders;

    /// <summary>A folder that is a group, though it may be empty.</summary>
    public void Open(int folder) => _folders.Add(folder);

    /// <param name="message">A message of the group.</param>
    /// <param name="folder">The place of its folder, which is never before that of another message.</param>
    public void Add(ImapMessage message, int folder)
    {
        Count++;
        Size += message.Size;
        if (!message.IsRead) Unread++;
        Attachments += message.Attachments.Count;
        if (message.Received is { } received)
        {
            if (Oldest is not { } oldest || received < oldest) Oldest = received;
            if (Newest is not { } newest || received > newest) Newest = received;
        }

        if (_folders.Count == 0 || _folders[_folders.Count - 1] != folder) _folders.Add(folder);
    }
}

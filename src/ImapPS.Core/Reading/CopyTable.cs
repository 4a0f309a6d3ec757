using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ImapPS.Folders;
using ImapPS.Models;

namespace ImapPS.Reading;

/// <summary>What tells the messages of a session's folders apart, and which of them are copies. A few octets of each are kept.</summary>
internal sealed class CopyTable
{
    private readonly List<SearchResult> _folders = [];
    private readonly List<FoundCopy> _copies = [];
    private SameFolders? _same;

    /// <summary>How many messages there are.</summary>
    public int Count => _copies.Count;

    /// <summary>The folders, in the order in which they were read. Of the copies of a message, the first is kept.</summary>
    public IReadOnlyList<SearchResult> Folders => _folders;

    /// <inheritdoc cref="SameFolders.Doubts"/>
    public IReadOnlyList<(string Folder, string Other)> Doubts => Same.Doubts;

    private SameFolders Same => _same ??= SameFolders.Compare(_folders, _copies);

    /// <summary>The messages that come now are in this folder. False if it has been read: each message would be its own copy.</summary>
    public bool Open(SearchResult found)
    {
        if (_folders.Exists(folder => FolderNames.AreSame(folder.Folder, found.Folder))) return false;

        _same = null;
        _folders.Add(found with { Uids = [] });
        return true;
    }

    public void Add(IEnumerable<FoundCopy> copies) => _copies.AddRange(copies);

    /// <summary>Adds a message of the folder that was opened last. What is marked \Deleted is nobody's copy.</summary>
    public void Add(ImapMessage message)
    {
        if (message.Flags.HasFlag(ImapMessageFlags.Deleted)) return;

        ulong? gmailId = ulong.TryParse(message.EmailId, NumberStyles.None, CultureInfo.InvariantCulture, out ulong id) ? id : null;
        _copies.Add(new FoundCopy(_folders.Count - 1, message.Uid, (uint)message.Size, message.MessageId, message.Received, gmailId));
    }

    /// <summary>Copies with the same Message-ID and size, the one to be kept first.</summary>
    /// <param name="withoutIdToo">Whether messages without Message-ID are compared as well.</param>
    public IEnumerable<IReadOnlyList<FoundCopy>> Alike(bool withoutIdToo) => _copies
        .Where(copy => withoutIdToo || copy.MessageId.Length > 0)
        .GroupBy(copy => (copy.MessageId, copy.Size))
        .Where(copies => copies.Skip(1).Any())
        .Select(copies =>
            Distinct(copies.OrderBy(copy => copy.Folder).ThenBy(copy => copy.Received ?? DateTimeOffset.MaxValue).ThenBy(copy => copy.Uid)))
        .Where(copies => copies.Count > 1);

    /// <summary>How many copies each folder holds that need not be kept, and their size: those with the largest size first.</summary>
    public IReadOnlyList<(string Folder, long Count, long Size)> Costs() =>
    [
        .. Alike(withoutIdToo: false)
            .SelectMany(copies => copies.Skip(1))
            .GroupBy(copy => copy.Folder)
            .OrderByDescending(copies => copies.Sum(copy => copy.Size))
            .ThenBy(copies => copies.Key)
            .Select(copies => (_folders[copies.Key].Folder, (long)copies.Count(), copies.Sum(copy => copy.Size))),
    ];

    /// <summary>
    /// Leaves out what is the same message once more, since to remove that would remove it altogether: on Gmail one message may be in
    /// many folders, and some servers show a folder under two names, which has the same UIDs and UIDVALIDITY under both.
    /// </summary>
    private List<FoundCopy> Distinct(IEnumerable<FoundCopy> copies)
    {
        var places = new HashSet<(int Folder, uint Uid)>();
        var gmailIds = new HashSet<ulong>();
        return [.. copies.Where(copy => places.Add((Same[copy.Folder], copy.Uid))
            && (copy.GmailId is not { } id || gmailIds.Add(id)))];
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace ImapPS.Reading;

/// <summary>
/// Tells folders that are one, under two names, from folders that have the same UIDVALIDITY by chance: some servers take the time for it,
/// so that folders created in the same second have the same one. In doubt they are one: a copy that is not found loses no mail.
/// </summary>
/// <param name="folders">The folders, in the order in which they were read.</param>
internal sealed class SameFolders(IReadOnlyList<SearchResult> folders)
{
    private readonly List<(string Folder, string Other)> _doubts = [];
    private readonly int[] _first = [.. Enumerable.Range(0, folders.Count)];

    /// <summary>Folders that are taken for one, and whose messages would be copies of each other if they were two.</summary>
    public IReadOnlyList<(string Folder, string Other)> Doubts => _doubts;

    /// <summary>The number of the first folder that is the same one.</summary>
    public int this[int folder] => _first[folder];

    /// <summary>Compares the folders that have the same UIDVALIDITY.</summary>
    public static SameFolders Compare(IReadOnlyList<SearchResult> folders, IEnumerable<FoundCopy> messages)
    {
        var same = new SameFolders(folders);
        foreach (List<int> alike in Enumerable.Range(0, folders.Count).Where(folder => folders[folder].UidValidity is not null)
            .GroupBy(folder => folders[folder].UidValidity).Select(group => group.ToList()).Where(group => group.Count > 1))
        {
            same.Compare(alike, messages.Where(message => alike.Contains(message.Folder)).ToLookup(message => message.Folder));
        }

        return same;
    }

    private void Compare(List<int> alike, ILookup<int, FoundCopy> messages)
    {
        var known = alike.ToDictionary(folder => folder, folder => messages[folder].ToDictionary(message => message.Uid));
        for (int i = 1; i < alike.Count; i++)
        {
            int later = alike[i];
            foreach (int earlier in alike.Take(i).Where(folder => _first[folder] == folder))
            {
                if (AreTwo(earlier, later, known[earlier], known[later])) continue;

                _first[later] = earlier;
                if (folders[later].MailboxId is null && known[later].Keys.Any(known[earlier].ContainsKey))
                {
                    _doubts.Add((folders[earlier].Folder, folders[later].Folder));
                }

                break;
            }
        }
    }

    private bool AreTwo(int earlier, int later, Dictionary<uint, FoundCopy> before, Dictionary<uint, FoundCopy> after)
    {
        if (folders[earlier].MailboxId is { } id && folders[later].MailboxId is { } other)
        {
            return !string.Equals(id, other, StringComparison.Ordinal);
        }

        // A UID names one message for ever. One that was given out before the first folder was read is in it, if the two are one.
        return after.Values.Any(message => before.TryGetValue(message.Uid, out FoundCopy there)
            ? !message.IsLike(there)
            : message.Uid < folders[earlier].UidNext);
    }
}

/// <summary>What tells a message from others.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FoundCopy(int Folder, uint Uid, uint Size, string MessageId, DateTimeOffset? Received, ulong? GmailId)
{
    /// <summary>Whether the two may be one message.</summary>
    public bool IsLike(FoundCopy other) => Size == other.Size && MessageId == other.MessageId && Received == other.Received;
}

using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Changing;
using ImapPS.Models;

namespace ImapPS.Syncing;

/// <summary>The messages whose flags or keywords differ, and the few changes that make them the same: a flag on, a flag off.</summary>
internal sealed class FlagDifferences
{
    private static readonly ImapMessageFlags[] _flags =
    [
        ImapMessageFlags.Seen, ImapMessageFlags.Answered, ImapMessageFlags.Flagged, ImapMessageFlags.Deleted, ImapMessageFlags.Draft,
    ];

    private readonly SortedDictionary<string, (FlagChange Change, List<ImapMessage> Messages)> _changes = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, (ImapMessage Wanted, ImapMessage There)> _differing = [];

    /// <summary>How many messages differ.</summary>
    public int Count => _differing.Count;

    /// <summary>How many octets they have.</summary>
    public long Bytes { get; private set; }

    /// <summary>The messages with the flags that they are to have, and those of the destination.</summary>
    public IEnumerable<(ImapMessage Wanted, ImapMessage There)> Messages => _differing.Values;

    /// <summary>The changes, with the messages of the destination that each is for.</summary>
    public IEnumerable<(FlagChange Change, IReadOnlyList<ImapMessage> Messages)> Changes =>
        _changes.Values.Select(change => (change.Change, (IReadOnlyList<ImapMessage>)change.Messages));

    /// <summary>Whether two messages have the same flags and keywords.</summary>
    public static bool AreSame(ImapMessage one, ImapMessage other) => one.Flags == other.Flags
        && one.Keywords.Count == other.Keywords.Count && !one.Keywords.Except(other.Keywords, StringComparer.OrdinalIgnoreCase).Any();

    /// <param name="wanted">The message with the flags that it is to have.</param>
    /// <param name="there">The message of the destination.</param>
    /// <param name="kept">The flags that the destination keeps.</param>
    public void Add(ImapMessage wanted, ImapMessage there, ImapMessageFlags kept)
    {
        foreach (ImapMessageFlags flag in _flags.Where(flag => ((wanted.Flags ^ there.Flags) & kept).HasFlag(flag)))
        {
            if (wanted.Flags.HasFlag(flag)) Note("+\\" + flag, new FlagChange { Add = flag }, wanted, there);
            else Note("-\\" + flag, new FlagChange { Remove = flag }, wanted, there);
        }

        foreach (string keyword in wanted.Keywords.Except(there.Keywords, StringComparer.OrdinalIgnoreCase))
        {
            Note("+" + keyword.ToUpperInvariant(), new FlagChange { AddKeywords = [keyword] }, wanted, there);
        }

        // What a client cannot set it cannot take off either.
        foreach (string keyword in there.Keywords.Except(wanted.Keywords, StringComparer.OrdinalIgnoreCase).Where(Keywords.IsKeyword))
        {
            Note("-" + keyword.ToUpperInvariant(), new FlagChange { RemoveKeywords = [keyword] }, wanted, there);
        }
    }

    private void Note(string name, FlagChange change, ImapMessage wanted, ImapMessage there)
    {
        if (!_changes.TryGetValue(name, out (FlagChange Change, List<ImapMessage> Messages) noted))
        {
            _changes[name] = noted = (change, []);
        }

        noted.Messages.Add(there);
        if (_differing.ContainsKey(there.Uid)) return;

        _differing.Add(there.Uid, (wanted, there));
        Bytes += there.Size;
    }
}

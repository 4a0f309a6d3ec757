using System;
using System.Collections.Generic;
using ImapPS.Models;

namespace ImapPS.Watching;

/// <summary>
/// The flags of messages as they were told, so that the same flags are not told twice. A message without keywords costs its place in a
/// table; the keywords that many messages have are kept once.
/// </summary>
internal sealed class NotedFlags
{
    /// <summary>How many sets of keywords are shared. More of them are most likely all different.</summary>
    private const int MostShared = 256;

    private const int LeastCapacity = 64;

    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);
    private Dictionary<uint, Noted> _flags = [];
    private int _most;

    /// <summary>The number of messages.</summary>
    public int Count => _flags.Count;

    /// <summary>Notes the flags of a message.</summary>
    /// <returns>False when they are those that were noted before.</returns>
    public bool Note(uint uid, ImapMessageFlags flags, IReadOnlyList<string> keywords)
    {
        var now = new Noted(flags, keywords.Count == 0 ? string.Empty : Shared(string.Join(" ", keywords)));
        if (_flags.TryGetValue(uid, out Noted before) && before == now) return false;

        _flags[uid] = now;
        _most = Math.Max(_most, _flags.Count);
        return true;
    }

    public void Remove(uint uid)
    {
        _flags.Remove(uid);
        Shrink();
    }

    /// <summary>Forgets all messages but these.</summary>
    public void Keep(UidRanges there)
    {
        var kept = new Dictionary<uint, Noted>();
        foreach (KeyValuePair<uint, Noted> message in _flags)
        {
            if (there.Contains(message.Key)) kept.Add(message.Key, message.Value);
        }

        _flags = kept;
        _most = kept.Count;
        _shared.Clear();
    }

    /// <summary>A table keeps the places of what was removed from it.</summary>
    private void Shrink()
    {
        if (_most <= LeastCapacity || _flags.Count >= _most / 4) return;

        _flags = new Dictionary<uint, Noted>(_flags);
        _most = _flags.Count;
    }

    private string Shared(string keywords)
    {
        if (_shared.TryGetValue(keywords, out string? known)) return known;

        if (_shared.Count >= MostShared) _shared.Clear();
        return _shared[keywords] = keywords;
    }

    private readonly record struct Noted(ImapMessageFlags Flags, string Keywords);
}

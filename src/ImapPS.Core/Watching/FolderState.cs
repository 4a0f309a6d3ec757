using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Watching;

/// <summary>What has been told of a folder, so that nothing is told twice and nothing is missed.</summary>
internal sealed class FolderState
{
    private readonly HashSet<uint> _came = [];
    private readonly HashSet<uint> _gone = [];
    private readonly Dictionary<uint, string> _flags = [];
    private uint _first;

    /// <param name="path">The folder.</param>
    /// <param name="uidValidity">The UIDVALIDITY that it must have, if it is known.</param>
    public FolderState(string path, uint? uidValidity)
    {
        Path = path;
        UidValidity = uidValidity;
    }

    /// <summary>A folder of which something is known from before.</summary>
    public FolderState(MailboxMark mark)
        : this(mark.Folder!.Path, mark.Folder.UidValidity)
    {
        Begin(mark.UidNext!.Value, mark.MessageCount);
        OpenModSeq = ModSeq = mark.HighestModSeq ?? 0;
    }

    public string Path { get; }

    public uint? UidValidity { get; set; }

    /// <summary>False before the first look.</summary>
    public bool IsBegun { get; set; }

    /// <summary>Messages from this UID on have not been told; 0 when there is no such line yet.</summary>
    public uint UidNext { get; private set; }

    /// <summary>The number of messages that are there by what was told; null when that is not known.</summary>
    public int? Count { get; set; }

    /// <summary>All changes up to this modification sequence were told; 0 when that is not known.</summary>
    public ulong ModSeq { get; private set; }

    /// <summary>
    /// The same, for a folder that is opened anew. A server may tell of a flag sooner than of an earlier expunge, which it tells
    /// with the next command; so this one lags one look behind.
    /// </summary>
    public ulong OpenModSeq { get; private set; }

    /// <summary>
    /// The messages that are there by what was told, for a server that does not say the UIDs of those expunged; null for any other.
    /// </summary>
    public HashSet<uint>? Known { get; set; }

    /// <summary>What STATUS or the opening of the folder said when it was last looked into.</summary>
    public FolderStatus? Figures { get; set; }

    /// <summary>Draws the line between what was there and what comes.</summary>
    public void Begin(uint uidNext, int? count)
    {
        UidNext = _first = uidNext;
        Count = count;
    }

    /// <summary>All messages below this UID have been told.</summary>
    public void Pass(uint uidNext) => UidNext = Math.Max(UidNext, uidNext);

    /// <summary>All changes up to a modification sequence have been told.</summary>
    /// <param name="modSeq">That of the folder before the look.</param>
    /// <param name="opened">That of the folder when it was opened, in the first look after that; null in any other.</param>
    public void Advance(ulong modSeq, ulong? opened)
    {
        OpenModSeq = Math.Max(OpenModSeq, opened ?? ModSeq);
        ModSeq = Math.Max(Math.Max(ModSeq, modSeq), OpenModSeq);
    }

    /// <summary>True for a message that was there or was told, and of which it was not told that it went.</summary>
    public bool MayBeThere(uint uid) => (uid < _first || _came.Contains(uid)) && !_gone.Contains(uid);

    /// <summary>True for a message of which it was told that it came.</summary>
    public bool HasCome(uint uid) => _came.Contains(uid);

    /// <summary>A message is there that was not.</summary>
    public void Add(uint uid)
    {
        Pass(uid + 1);
        _came.Add(uid);
        Known?.Add(uid);
        Count++;
    }

    /// <summary>A message is gone that was there.</summary>
    public void Remove(uint uid)
    {
        _gone.Add(uid);
        _flags.Remove(uid);
        Known?.Remove(uid);
        Count--;
    }

    /// <summary>Nobody knows whether these were there: nothing is told of them.</summary>
    public void Forget(IEnumerable<uint> uids, int count)
    {
        _gone.UnionWith(uids);
        Count = count;
    }

    /// <summary>Notes the flags of a message.</summary>
    /// <returns>False when they are those that were noted before.</returns>
    public bool Note(uint uid, ImapMessageFlags flags, IEnumerable<string> keywords)
    {
        string now = string.Join(" ", keywords.Prepend(flags.ToString()));
        if (_flags.TryGetValue(uid, out string? before) && before == now) return false;

        _flags[uid] = now;
        return true;
    }
}

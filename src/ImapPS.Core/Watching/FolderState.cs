using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Mailbox;
using ImapPS.Models;

namespace ImapPS.Watching;

/// <summary>
/// What has been told of a folder, so that nothing is told twice and nothing is missed. It is no larger than what is in the folder now,
/// however long the watch runs; one that tells only of arrivals knows just the next UID.
/// </summary>
internal sealed class FolderState
{
    private readonly NotedFlags _flags = new();
    private uint _first;

    /// <summary>How much more than the messages of the folder is kept before somebody looks what is really there.</summary>
    private int _slack = 1_000;

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

    /// <summary>The messages that are there by what was told; null when nobody wants to know which ones go.</summary>
    public UidRanges? Known { get; private set; }

    /// <summary>False when <see cref="Known"/> may hold UIDs that no message has.</summary>
    public bool IsExact { get; private set; }

    /// <summary>True when it also notes which flags messages have.</summary>
    public bool NotesFlags { get; set; }

    /// <summary>How much of it grows with the messages: ranges of UIDs, and messages whose flags are noted.</summary>
    public int Size => _flags.Count + (Known?.Size ?? 0);

    /// <summary>The FETCH of flags that is under way, or that has failed.</summary>
    public FlagQuestion? Asked { get; set; }

    /// <summary>Messages whose answers cannot be read: that was told, and they are not asked for again.</summary>
    public HashSet<uint> Unread { get; } = [];

    /// <summary>True when the server refuses sets that end in "*".</summary>
    public bool IsBounded { get; set; }

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
    public bool MayBeThere(uint uid) => Known?.Contains(uid) == true;

    /// <summary>True for a message of which it was told that it came.</summary>
    public bool HasCome(uint uid) => uid >= _first && MayBeThere(uid);

    /// <summary>A message is there that was not.</summary>
    public void Add(uint uid)
    {
        Pass(UidSets.After(uid));
        Known?.Add(uid);
        Count++;
    }

    /// <summary>A message is gone that was there.</summary>
    public void Remove(uint uid)
    {
        _flags.Remove(uid);
        Known?.Remove(uid);
        Count--;
    }

    /// <summary>Nobody knows whether these were there: nothing is told of them.</summary>
    public void Forget(IEnumerable<uint> uids, int count)
    {
        foreach (uint uid in uids) Known?.Remove(uid);
        Count = count;
    }

    /// <summary>Notes from now on which messages are there.</summary>
    /// <param name="there">All messages that are there, ascending; null when the server says which ones go.</param>
    public void KeepTrack(IEnumerable<uint>? there)
    {
        Known = there is null ? UidRanges.Below(UidNext) : new UidRanges(there.Where(uid => uid < UidNext));
        IsExact = there is not null;
    }

    /// <summary>True when it holds so much more than the folder that it is time to look what is there.</summary>
    /// <param name="count">The number of messages in the folder.</param>
    public bool IsTooLarge(int count) => _flags.Count > count + _slack || Known?.Size > count + _slack;

    /// <summary>Keeps nothing of messages that are not there.</summary>
    /// <param name="there">All messages that are there, ascending.</param>
    public void Keep(IReadOnlyList<uint> there)
    {
        _flags.Keep(new UidRanges(there));
        if (Known is null) return;

        Known = new UidRanges(there.Where(MayBeThere));
        IsExact = true;
    }

    /// <summary>What is there could not be made out: somebody looks again when it is far larger.</summary>
    public void PutOffKeeping() => _slack *= 2;

    /// <summary>Notes the flags of a message.</summary>
    /// <returns>False when they are those that were noted before.</returns>
    public bool Note(uint uid, ImapMessageFlags flags, IReadOnlyList<string> keywords) =>
        !NotesFlags || _flags.Note(uid, flags, keywords);
}

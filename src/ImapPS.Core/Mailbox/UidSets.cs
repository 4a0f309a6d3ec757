using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Sessions;
using MailKit;
using MailKit.Search;

namespace ImapPS.Mailbox;

/// <summary>
/// Sets of UIDs as commands carry them. MailKit merges only what stands in order, and splits a set by what it believes of the
/// server (over 64 KiB for one that greets as Dovecot, which then says "BAD Too long argument"); so sets are sorted and split here.
/// </summary>
internal static class UidSets
{
    /// <summary>The longest set of one command, in characters: a line of 8,000 octets (RFC 7162, 4) holds it and its command.</summary>
    public const int LongestSet = 7_500;

    /// <summary>Splits ascending UIDs into pieces that each fit one command.</summary>
    /// <param name="ascending">The UIDs, ascending, each once.</param>
    /// <param name="largest">The most UIDs for the piece of the given number, counted from 0.</param>
    public static IEnumerable<IReadOnlyList<uint>> Split(IEnumerable<uint> ascending, Func<int, int> largest)
    {
        int number = 0;
        var piece = new List<uint>();
        var length = new SetLength();
        foreach (uint uid in ascending)
        {
            if (piece.Count == largest(number) || length.With(uid) > LongestSet)
            {
                yield return piece;
                number++;
                piece = [];
                length = new SetLength();
            }

            piece.Add(uid);
            length.Add(uid);
        }

        if (piece.Count > 0) yield return piece;
    }

    /// <summary>Splits UIDs in any order into pieces, in that order, that each fit one command once they are sorted.</summary>
    public static IEnumerable<IReadOnlyList<uint>> SplitInOrder(IReadOnlyList<uint> uids, Func<int, int> largest)
    {
        int number = 0;
        for (int start = 0; start < uids.Count;)
        {
            // Apart from each other, as they may be, each takes its digits and a comma.
            int size = Math.Min(Math.Min(largest(number++), LongestSet / 11), uids.Count - start);
            yield return [.. uids.Skip(start).Take(size)];
            start += size;
        }
    }

    /// <summary>The UIDs that a server told, as numbers, in their order.</summary>
    public static IEnumerable<uint> Of(IList<UniqueId> uids) => Checked(uids).Select(uid => uid.Id);

    /// <summary>
    /// The UIDs that a server told. 0 is none (RFC 9051, 2.3.1.1), and MailKit throws only when it comes to it: an answer that has it means
    /// nothing.
    /// </summary>
    public static IList<UniqueId> Checked(IList<UniqueId> uids) => uids.Contains(UniqueId.Invalid)
        ? throw new UnreadableResponseException("The server told the UID 0, which no message has.") : uids;

    /// <summary>The UID of the next message of a folder; null where the server does not tell, or tells one that none has.</summary>
    public static uint? Next(IMailFolder folder) => folder.UidNext is { IsValid: true } next ? next.Id : null;

    /// <summary>The UID after that one; the last is its own.</summary>
    public static uint After(uint uid) => uid == uint.MaxValue ? uid : uid + 1;

    public static UniqueIdSet ToSet(IEnumerable<uint> ascending)
    {
        var set = new UniqueIdSet(SortOrder.Ascending);
        foreach (uint uid in ascending) set.Add(new UniqueId(uid));
        return set;
    }

    /// <summary>Sorted, each once, without the 0 that is no UID.</summary>
    public static IReadOnlyList<uint> Normalize(IEnumerable<uint> uids) => [.. uids.Where(uid => uid != 0).Distinct().OrderBy(uid => uid)];
}

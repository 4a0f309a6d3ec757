using System;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Administration;

/// <summary>
/// Reads rights that somebody has typed: names, or letters. Of other words letters would be taken that nobody means: the l and the a of
/// list and data. So letters stand in the order in which servers write them, each once.
/// </summary>
internal static class RightsText
{
    /// <summary>What cyradm calls all rights.</summary>
    private const string All = "all";

    /// <summary>The orders of RFC 4314, RFC 2086, Cyrus and Dovecot.</summary>
    private static readonly string[] _orders = ["lrswipkxteacd", "lrswipcda", "lrswipkxtecda", "lrwstipekxacd"];

    /// <summary>The rights; null for what is none.</summary>
    public static ImapFolderRights? Read(string text)
    {
        ImapFolderRights rights = ImapFolderRights.None;
        foreach (string word in text.Split(','))
        {
            if (Word(word.Trim()) is not { } named) return null;
            rights |= named;
        }

        return rights;
    }

    /// <summary>True for the letters of an access list: each once, in an order that servers have. A server may have others too.</summary>
    public static bool AreOfServer(string letters) =>
        letters.Distinct().Count() == letters.Length
        && IsInOrder(string.Concat(letters.Where(letter => _orders[0].IndexOf(letter) >= 0)));

    private static ImapFolderRights? Word(string word) =>
        string.Equals(word, All, StringComparison.OrdinalIgnoreCase) ? ImapFolderRights.Owner
        : word.All(char.IsLetter) && Enum.TryParse(word, ignoreCase: true, out ImapFolderRights named) ? named
        : word.Length > 0 && IsInOrder(word) ? RightLetters.Read(word)
        : null;

    private static bool IsInOrder(string letters) => Array.Exists(_orders, order =>
    {
        int from = 0;
        return letters.All(letter => (from = order.IndexOf(letter, from) + 1) > 0);
    });
}

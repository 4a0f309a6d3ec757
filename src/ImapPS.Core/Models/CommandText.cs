using System;
using System.Text.RegularExpressions;

namespace ImapPS.Models;

/// <summary>Names in commands that a message recommends.</summary>
internal static class CommandText
{
    private static readonly Regex _bare = new(@"\A[A-Za-z][\w./-]*\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>A text as one argument; null for one that nobody could copy, since not all of it is seen.</summary>
    public static string? Argument(string text) =>
        text.Length == 0 || !VisibleText.IsAllSeen(text) ? null
        : _bare.IsMatch(text) ? text
        : $"'{Regex.Replace(text, "['\u2018\u2019\u201a\u201b]", "$0$0", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))}'";
}

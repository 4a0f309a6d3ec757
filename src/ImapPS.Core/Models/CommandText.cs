using System;
using System.Text.RegularExpressions;

namespace ImapPS.Models;

/// <summary>Writes names in the commands that a message recommends.</summary>
internal static class CommandText
{
    private static readonly Regex _bare = new(@"\A[A-Za-z][\w./-]*\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>
    /// Returns a text as one argument. Returns null for a text that nobody can copy, because some characters are not visible.
    /// </summary>
    public static string? Argument(string text) =>
        text.Length == 0 || !VisibleText.IsAllSeen(text) ? null
        : _bare.IsMatch(text) ? text
        : $"'{Regex.Replace(text, "['\u2018\u2019\u201a\u201b]", "$0$0", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))}'";
}

using System;
using System.Collections.Generic;

namespace ImapPS.Search;

/// <summary>
/// One text to look for. Without wildcard characters it is what IMAP's SEARCH calls contained; with them the whole decoded
/// field must match, and the server narrows by the longest literal piece.
/// </summary>
/// <param name="Text">The text as the caller wrote it.</param>
/// <param name="Matches">The wildcard, or null for contained text. PowerShell's own; it is handed in, since Search knows no PowerShell.</param>
internal sealed record TextCriterion(string Text, Predicate<string>? Matches)
{
    public bool IsMatch(IEnumerable<string> forms)
    {
        foreach (string form in forms)
        {
            if (Matches is null ? form.IndexOf(Text, StringComparison.OrdinalIgnoreCase) >= 0 : Matches(form)) return true;
        }

        return false;
    }
}

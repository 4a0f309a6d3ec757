using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Search;

/// <summary>
/// One text to look for. Without wildcard characters it is what IMAP's SEARCH calls contained; with them the whole decoded
/// field must match, and the server narrows by its literal pieces.
/// </summary>
/// <param name="Text">The text as the caller wrote it.</param>
/// <param name="Matches">The wildcard, or null for contained text. PowerShell's own; it is handed in, since Search knows no
/// PowerShell.</param>
internal sealed record TextPattern(string Text, Predicate<string>? Matches)
{
    /// <summary>The wildcard as PowerShell reads it; empty for contained text.</summary>
    public string Wildcard { get; init; } = string.Empty;

    /// <summary>
    /// True when a domain is compared as servers write it, too. A wildcard means that form only if it says so: in any other, letters that
    /// are not in the header could match, and no server would find them.
    /// </summary>
    public bool IsOfAsciiDomains => Matches is null || DomainForms.MayHoldAscii(Wildcard);

    public bool IsMatch(IEnumerable<string> forms) =>
        forms.Any(form => Matches is null ? form.IndexOf(Text, StringComparison.OrdinalIgnoreCase) >= 0 : Matches(form));

    /// <summary>True when the server has looked for the text as it stands, in the field as it was sent, and its word holds.</summary>
    public bool IsServers(ServerAbilities server, string field) => Matches is null && server.CanLookFor(Text) && server.FindsPieces(field);
}

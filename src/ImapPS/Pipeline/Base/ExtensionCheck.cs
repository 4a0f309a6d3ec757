using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>Whether servers offer what a cmdlet is for: one that does not is told once, however many folders of it are given.</summary>
internal static class ExtensionCheck
{
    /// <summary>The folders of sessions whose server offers it.</summary>
    public static IEnumerable<(FolderPath Folder, SessionConnection Session)> Offering(
        this IEnumerable<(FolderPath Folder, SessionConnection Session)> asked,
        SessionCmdlet cmdlet,
        string capability,
        Func<ImapException> missing) => asked.Where(item => cmdlet.Offers(item.Session, capability, missing));

    /// <summary>Whether the server of a session offers it.</summary>
    public static bool Offers(this SessionCmdlet cmdlet, SessionConnection session, string capability, Func<ImapException> missing)
    {
        if (session.Capabilities.Contains(capability, StringComparer.OrdinalIgnoreCase)) return true;

        cmdlet.Refuse((capability, session.Handle.Id), missing());
        return false;
    }
}

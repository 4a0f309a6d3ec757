using System;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <content>Errors about sessions.</content>
internal static partial class Failures
{
    public static ImapException NoSession() =>
        new(ImapErrorId.NoSession, "There is no current IMAP session.",
            "Run Connect-Imap, or choose an open session with Select-ImapSession or -Session.");

    /// <summary>The last command that was to choose a session did not find or open one.</summary>
    public static ImapException NoSessionChosen() =>
        new(ImapErrorId.NoSession, "There is no current IMAP session, because the last Connect-Imap or Select-ImapSession did not succeed.",
            "Run Connect-Imap again, or choose an open session with Select-ImapSession or -Session.");

    /// <param name="session">The id or the name that was asked for.</param>
    /// <param name="name">The name of the session that was closed.</param>
    public static ImapException SessionClosed(object session, string name)
    {
        string asked = $"{session}";
        string also = string.Equals(asked, name, StringComparison.OrdinalIgnoreCase) ? string.Empty : $" ({DisplayText.Printable(name)})";
        return new(ImapErrorId.SessionNotFound,
            $"The session {DisplayText.Printable(asked)}{also} is closed.",
            "Connect again, and give the new session to -Session. Get-ImapSession returns the open sessions.",
            session);
    }

    public static ImapException SessionNotFound(object session) =>
        new(ImapErrorId.SessionNotFound, $"No open IMAP session has the id or name '{session}'.",
            "Get-ImapSession returns the open sessions. For objects from another process, give one of them "
            + "to -Session.", session);
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Administration;

/// <summary>
/// What may not be sent as a command in the user's own words: it would change what MailKit knows of the connection, or who is logged in, or
/// it takes messages that nobody has named.
/// </summary>
internal static class CommandRules
{
    private const string Connect = "Connect-Imap opens a session, also as another user: -AuthorizationId.";
    private const string Folder = "Give the folder with -Folder. With -ReadOnly it is opened only for reading.";

    /// <summary>What is refused, and what to do instead.</summary>
    private static readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal)
    {
        ["LOGIN"] = Connect,
        ["AUTHENTICATE"] = Connect,
        ["UNAUTHENTICATE"] = Connect,
        ["PROXYAUTH"] = Connect,
        ["STARTTLS"] = "Connect-Imap -Security StartTls encrypts the connection.",
        ["LOGOUT"] = "Disconnect-Imap closes the session.",
        ["SELECT"] = Folder,
        ["EXAMINE"] = Folder,
        ["CLOSE"] = Folder,
        ["UNSELECT"] = Folder,
        ["IDLE"] = "Watch-ImapFolder and Wait-ImapMessage wait for what changes.",
        ["NOTIFY"] = "Watch-ImapFolder and Wait-ImapMessage wait for what changes.",
        ["COMPRESS"] = "Connect-Imap -Compression On compresses the connection.",
        ["ENABLE"] = "The cmdlets enable the extensions that they use.",
        ["EXPUNGE"] = "It removes all that is marked \\Deleted, also by others. UID EXPUNGE and Remove-ImapMessage -Permanent remove "
            + "messages that are named.",
    };

    /// <summary>What works in a folder (RFC 9051, 6.4).</summary>
    private static readonly HashSet<string> _ofFolder = new(StringComparer.Ordinal)
    {
        "CHECK", "COPY", "FETCH", "MOVE", "REPLACE", "SEARCH", "SORT", "STORE", "THREAD",
    };

    /// <summary>What names a folder. Of the others, NONEXISTENT tells of something else, such as a quota root.</summary>
    private static readonly HashSet<string> _namingFolder = new(StringComparer.Ordinal)
    {
        "APPEND", "COPY", "CREATE", "DELETE", "DELETEACL", "GETACL", "GETMETADATA", "GETQUOTAROOT", "LISTRIGHTS", "MOVE", "MYRIGHTS",
        "RENAME", "REPLACE", "SETACL", "SETMETADATA", "STATUS", "SUBSCRIBE", "UID COPY", "UID MOVE", "UID REPLACE", "UNSUBSCRIBE",
    };

    /// <summary>What loses mail.</summary>
    private static readonly HashSet<string> _losing = new(StringComparer.Ordinal) { "DELETE", "REPLACE", "UID EXPUNGE", "UID REPLACE" };

    /// <summary>What to do instead of a command; null where it may be sent.</summary>
    public static string? Instead(string name) =>
        _refused.TryGetValue(name.StartsWith("UID ", StringComparison.Ordinal) && name != "UID EXPUNGE" ? name.Substring(4) : name,
            out string? instead) ? instead : null;

    /// <summary>True for what needs a folder that is selected.</summary>
    public static bool IsOfFolder(string name) => _ofFolder.Contains(name) || name.StartsWith("UID ", StringComparison.Ordinal);

    /// <summary>True for what names a folder.</summary>
    public static bool NamesFolder(string name) => _namingFolder.Contains(name);

    /// <summary>True for what cannot be undone.</summary>
    public static bool Loses(string name) => _losing.Contains(name);

    /// <summary>
    /// Which untagged responses MailKit is to see as well: those that tell of the folder that is selected, and of the connection.
    /// </summary>
    /// <remarks>What FETCH asks for may be anything, and is the caller's.</remarks>
    public static AnswerWord Seen(string name)
    {
        string[] seen = ["OK", "NO", "BAD", "BYE", "CAPABILITY", "FLAGS", "EXISTS", "RECENT", "EXPUNGE", "VANISHED", "FETCH"];
        return new AnswerWord(name is "FETCH" or "UID FETCH" ? [.. seen.Where(word => word != "FETCH")] : seen);
    }
}

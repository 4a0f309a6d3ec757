namespace ImapPS.Tests.Servers;

/// <summary>
/// Everything that does not work, by server and feature. A statement that begins to work, or fails otherwise, fails the test: then this
/// table is to be changed, and docs/servers.md with it.
/// </summary>
internal static class Deviations
{
    private const string NoRoles = "The server does not say which folder is the trash (SPECIAL-USE).";
    private const string NoFolders = "The server answers CREATE with NO: folders are not supported.";
    private const string NoKeywords = "PERMANENTFLAGS allows no keywords.";
    private const string NoUidPlus = "Without UIDPLUS, an EXPUNGE would take what others have marked. -AllowUnsafeExpunge allows it.";
    private const string NoUidPlusToMove = "Without MOVE and UIDPLUS, a move would be a copy and an EXPUNGE that "
        + "takes what others have marked.";
    private const string SearchKeyRefused = "The server answers this SEARCH key with NO, and only the server looks into texts.";

    private static readonly Dictionary<string, IReadOnlyDictionary<string, Deviation>> _all = new(StringComparer.Ordinal)
    {
        ["Dovecot"] = new Table(),
        ["Cyrus IMAP"] = new Table(),
        ["Courier IMAP"] = new Table()
            .NotOffered("FolderNotFound", NoRoles, "Find a folder by its role", "Remove to the trash"),
        ["GNU Mailutils imap4d"] = new Table()
            .NotOffered("FolderNotFound", NoRoles, "Find a folder by its role", "Remove to the trash")
            .NotOffered("", NoKeywords, "-Keyword")
            .NotOffered("NotSupportedByServer", NoKeywords, "Add a keyword")
            .NotOffered("NotSupportedByServer", NoUidPlusToMove, "Move, and learn where the message is now")
            .NotOffered("NotSupportedByServer", NoUidPlus, "Remove for good, and nothing else", "Clear a folder")
            .Fails(
                "",
                "A copy has another size than its original, as the mbox's own header fields count; it is not found again.",
                "Copy, and learn where the copies are")
            .Fails("", "Two copies differ in size, as the mbox's own header fields count.", "Find duplicates"),
        ["smtp4dev"] = new Table()
            .NotOffered("FolderNotFound", NoRoles, "Find a folder by its role", "Remove to the trash")
            .NotOffered(
                "CommandRejected",
                NoFolders,
                "Create a folder",
                "Create a folder, without the namespace's prefix",
                "Create a folder and those above it",
                "Create a folder with letters beyond ASCII")
            .NotOffered(
                "FolderNotFound",
                NoFolders,
                "Rename a folder",
                "Remove a folder",
                "Subscribe to a folder",
                "Import a message with its flags and date",
                "Copy, and learn where the copies are",
                "Move, and learn where the message is now",
                "Clear a folder",
                "Find duplicates")
            .NotOffered("", "The server keeps no \\Flagged.", "-Unread and -Flagged")
            .NotOffered("NotSupportedByServer", NoKeywords, "Add a keyword")
            .NotOffered("NotSupportedByServer", NoUidPlus, "Remove for good, and nothing else")
            .NotOffered("", NoKeywords, "-Keyword")
            .NotOffered("NotSupportedByServer", SearchKeyRefused, "-Body"),
        ["A server of 2003 (scripted)"] = new Table()
            .NotOffered("FolderNotFound", NoRoles, "Find a folder by its role", "Remove to the trash")
            .NotOffered("NotSupportedByServer", NoUidPlusToMove, "Move, and learn where the message is now")
            .NotOffered("NotSupportedByServer", NoUidPlus, "Remove for good, and nothing else", "Clear a folder"),
    };

    public static IEnumerable<string> Servers => _all.Keys;

    /// <summary>What is known of a server, by feature.</summary>
    public static IReadOnlyDictionary<string, Deviation> Of(string server) => _all[server];

    private sealed class Table() : Dictionary<string, Deviation>(StringComparer.Ordinal)
    {
        public Table NotOffered(string result, string cause, params string[] features) =>
            With(new Deviation(result, IsOffered: false, cause), features);

        public Table Fails(string result, string cause, params string[] features) =>
            With(new Deviation(result, IsOffered: true, cause), features);

        private Table With(Deviation deviation, string[] features)
        {
            foreach (string feature in features) Add(feature, deviation);
            return this;
        }
    }
}

using System;
using System.Globalization;
using ImapPS.Models;
using MailKit.Net.Imap;

namespace ImapPS.Errors;

/// <content>Errors about namespaces, quotas, permissions and metadata.</content>
internal static partial class Failures
{
    /// <summary>As much of a command as a message shows.</summary>
    private const int LongestCommand = 100;

    public static ImapException NoNamespaces() =>
        NotSupported("tell its namespaces", "NAMESPACE", "Get-ImapFolder lists the folders. All of them are the user's own.");

    public static ImapException NoQuotas() =>
        NotSupported("tell quotas", "QUOTA (RFC 9208)", "The provider's own pages may show how much of the mailbox is used.");

    public static ImapException QuotaResourceInvalid(string resource) =>
        ArgumentInvalid($"'{DisplayText.Printable(resource)}' cannot be the name of a resource.",
            "Give STORAGE, MESSAGE, or another resource that Get-ImapQuota shows.", resource);

    public static ImapException QuotaLimitInvalid(decimal limit, string resource) =>
        ArgumentInvalid(
            string.Format(CultureInfo.InvariantCulture, "{0} cannot be a limit of {1}.", limit, DisplayText.Printable(resource)),
            "Give a whole number from 0 on. -NoLimit removes the limit.", limit);

    public static ImapException QuotaLimitMissing() =>
        ArgumentInvalid("No limit is given, and nothing was changed.", "Give a number to -Limit. -NoLimit removes the limit.");

    public static ImapException QuotaResourcesDiffer(string[] resources) =>
        ArgumentInvalid(
            $"The quotas are of several resources ({DisplayText.Printable(string.Join(", ", resources))}). Nothing was changed.",
            $"Give the one that is meant: -Resource {DisplayText.Printable(resources[0])}.", resources);

    public static ImapException NoAccessLists() =>
        NotSupported("tell or change rights", "ACL (RFC 4314)", "The provider's own pages may offer to share folders.");

    public static ImapException FolderNotAdministered(string path) => new(ImapErrorId.PermissionDenied,
        $"The user may not administer the folder '{DisplayText.Printable(path)}'.",
        "Ask the owner or the administrator of the mailbox for the right.", path);

    public static ImapException NoRightsGiven() =>
        ArgumentInvalid("No rights are given.", "Give -Rights, -Add or -Remove.");

    public static ImapException RightsContradict(ImapFolderRights both) =>
        ArgumentInvalid($"-Add and -Remove contradict each other: both name {both}.", "Name each right once.", both);

    public static ImapException IdentifierIsWildcard(string identifier) =>
        ArgumentInvalid($"'{DisplayText.Printable(identifier)}' has wildcards. Rights are set for those who are named.",
            "Give names. Get-ImapFolderPermission shows them, and Remove-ImapFolderPermission takes wildcards.", identifier);

    public static ImapException PermissionNotFound(string identifier, string path, string? alike) =>
        new(ImapErrorId.PermissionNotFound,
            $"The access list of the folder '{DisplayText.Printable(path)}' has no entry of '{DisplayText.Printable(identifier)}'.",
            "Get-ImapFolderPermission shows the entries."
                + (alike is null ? string.Empty : $" Did you mean '{DisplayText.Printable(alike)}'?"),
            identifier);

    /// <param name="isOld">Whether the server has the draft that came before the RFC.</param>
    public static ImapException NoMetadata(bool isOld) => isOld
        ? NotSupported("read or set metadata", "METADATA (RFC 5464), but only the draft before it (ANNOTATEMORE)",
            "A newer version of the server has METADATA: Cyrus from 2.4 on.")
        : NotSupported("read or set metadata", "METADATA (RFC 5464)", "Get-ImapSession shows the capabilities of the server.");

    public static ImapException MetadataEntryInvalid(string entry) =>
        ArgumentInvalid($"'{DisplayText.Printable(entry)}' cannot be the name of an entry of metadata.",
            "Give a name in ASCII that begins with /private/ or /shared/, such as /private/comment, without * and %.", entry);

    public static ImapException MetadataValueInvalid(object? value) =>
        ArgumentInvalid($"{(value is null ? "$null in a list" : $"An object of the type {value.GetType().Name}")} is no value of metadata.",
            "Give text, an array of bytes, a number, a time, or an array of lines. ConvertTo-Json makes text of other objects.", value);

    public static ImapException MetadataValueMissing(string entry) =>
        ArgumentInvalid($"No value is given for the entry '{DisplayText.Printable(entry)}'.",
            "Give a folder, an entry and a value: Set-ImapMetadata INBOX /private/comment hello. For an entry of the server leave out "
                + "the folder, and give -Entry and -Value.", entry);

    public static ImapException MetadataTooLong(long longest, long maxSize) => new(ImapErrorId.LimitExceeded,
        $"The server left out entries of more than {Number(maxSize)} octets. The longest has {Number(longest)} octets.",
        $"To read them, give -MaxSize {Number(longest)}.", longest);

    /// <param name="code">Why (RFC 5464, 5): MAXSIZE, TOOMANY, NOPRIVATE.</param>
    /// <param name="number">The number of octets that the server takes.</param>
    /// <param name="answer">The words of the server.</param>
    /// <param name="inner">The refusal.</param>
    /// <param name="target">The folder.</param>
    public static ImapException MetadataRefused(string code, string number, string answer, Exception inner, object target) =>
        new(code == "NOPRIVATE" ? ImapErrorId.NotSupportedByServer : ImapErrorId.QuotaExceeded,
            $"The server refused: {DisplayText.Printable(answer)}",
            code switch
            {
                "MAXSIZE" => $"Give a shorter value. The server takes {(number.Length > 0 ? number : "fewer")} octets.",
                "TOOMANY" => "Remove other entries first.",
                _ => "Give an entry below /shared.",
            },
            target,
            inner);

    public static ImapException CommandControls(string command) =>
        ArgumentInvalid($"The command '{DisplayText.Printable(command)}' has control characters.",
            "A command is one line. Give what has several lines with -Argument.", command);

    public static ImapException CommandNotAscii(string command) =>
        ArgumentInvalid($"The command '{DisplayText.Printable(command)}' has characters that are not ASCII.",
            "Give text that is not ASCII with -Argument, and folders as the objects that Get-ImapFolder returns.", command);

    public static ImapException CommandUnnamed(string command) =>
        ArgumentInvalid($"'{DisplayText.Printable(command)}' is not a command.",
            "Put the whole command in single quotes, without a tag. Begin with its name: Invoke-ImapCommand 'XLIST \"\" \"*\"'", command);

    public static ImapException CommandLiteral(string command) =>
        ArgumentInvalid($"The command '{DisplayText.Printable(command)}' ends with the head of a literal.",
            "Give the literal itself with -Argument, as an array of bytes.", command);

    public static ImapException CommandRefused(string name, string instead) =>
        ArgumentInvalid($"The command {DisplayText.Printable(name)} cannot be sent. Nothing was sent.", instead, name);

    public static ImapException CommandNeedsFolder(string name) =>
        ArgumentInvalid($"The command {DisplayText.Printable(name)} works in a folder, and none is given.",
            "Give the folder with -Folder. With -ReadOnly it is opened only for reading.", name);

    public static ImapException CommandArgumentInvalid(object argument) =>
        ArgumentInvalid($"An argument of a command cannot be {(argument is string ? "text with NUL" : $"a {argument.GetType().Name}")}.",
            "Give text, numbers, arrays of bytes, folder objects, [NullString]::Value for NIL, or lists of these.", argument);

    public static ImapException CommandArgumentNull() =>
        ArgumentInvalid("An argument of the command is $null. Nothing was sent.",
            "Look if the variable has a value. For NIL give [NullString]::Value, or write NIL in the command itself.");

    /// <param name="command">The command.</param>
    /// <param name="known">What the answer means for any command.</param>
    /// <param name="isOfFolder">Whether it tells of a folder that does not exist.</param>
    /// <param name="hasForeignText">Whether the command has text that is not ASCII, which is no name of a folder in IMAP.</param>
    public static ImapException CommandNotTaken(string command, ImapException known, bool isOfFolder, bool hasForeignText)
    {
        string words = (known.InnerException as ImapCommandException)?.ResponseText ?? known.Message;
        string action = hasForeignText
            ? "The command has text that is not ASCII. If it is the name of a folder, give the folder object: "
                + "-Argument (Get-ImapFolder NAME)."
            : isOfFolder ? "Get-ImapFolder lists the folders. Give the object that it returns with -Argument." : known.RecommendedAction;
        return new(isOfFolder ? ImapErrorId.FolderNotFound : known.Id,
            $"The server refused '{Beginning(command)}': {DisplayText.Printable(words)}", action, Beginning(command), known.InnerException);
    }

    /// <param name="command">The command.</param>
    /// <param name="inner">What ended the connection; null for Ctrl+C.</param>
    public static ImapException CommandUnknown(string command, Exception? inner) =>
        new(ImapErrorId.OutcomeUnknown,
            $"The command '{Beginning(command)}' was sent, and the connection ended before the server confirmed it. It is not "
                + $"known if the server has carried it out. It was not sent again. {(inner?.InnerException ?? inner)?.Message}".TrimEnd(),
            "Look for what the command does before you run it again.",
            Beginning(command),
            inner);

    private static string Beginning(string command) => DisplayText.Short(DisplayText.Printable(command), LongestCommand);
}

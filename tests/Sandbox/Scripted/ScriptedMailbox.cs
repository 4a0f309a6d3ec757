using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ImapPS.Sandbox;

/// <summary>
/// Folders and messages of a scripted server, and its answers where no rule gives one: enough of IMAP to list, search by UID, fetch, flag,
/// copy, move and expunge.
/// </summary>
public sealed class ScriptedMailbox
{
    /// <summary>As they are listed.</summary>
    public IList<ScriptedFolder> Folders { get; } = [new ScriptedFolder { Path = "INBOX" }];

    /// <summary>The folder of that path; an error if it is none.</summary>
    public ScriptedFolder this[string path] => Find(path) ?? throw new KeyNotFoundException($"There is no folder '{path}'.");

    public ScriptedFolder CreateFolder(string path, string attributes = @"\HasNoChildren")
    {
        var folder = new ScriptedFolder { Path = path, Attributes = attributes };
        Folders.Add(folder);
        return folder;
    }

    /// <summary>Puts a message at the end of a folder, which is made where it is missing.</summary>
    public ScriptedMessage Deliver(string folder, string rawMessage) =>
        Deliver(folder, Encoding.UTF8.GetBytes(rawMessage.ReplaceLineEndings("\r\n")));

    /// <summary>Puts a message, octet for octet, at the end of a folder, which is made where it is missing.</summary>
    public ScriptedMessage Deliver(string folder, byte[] rawMessage)
    {
        var into = Find(folder) ?? CreateFolder(folder);
        var message = new ScriptedMessage { Uid = into.NextUid, Octets = rawMessage };
        into.Messages.Add(message);
        return message;
    }

    internal static string Unquote(string argument) => argument.Split(" (")[0].Trim().Trim('"')
        .Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    internal ScriptedReply Answer(ScriptedCommand command, string? selected)
    {
        var folder = selected is null ? null : FindEncoded(selected);
        switch (command.Verb)
        {
            case "NAMESPACE":
                return "* NAMESPACE ((\"\" \"/\")) NIL NIL";
            case "LIST" or "LSUB" or "XLIST":
                return List(command);
            case "CREATE":
                return Create(Unquote(command.Arguments));
            case "STATUS":
                return Status(command);
            case "SELECT" or "EXAMINE":
                return folder is null ? "NO [NONEXISTENT] No such mailbox" : Open(folder, command.Verb);
            case "UID SEARCH" or "SEARCH" when folder is not null:
                return Search(command, folder);
            case "UID FETCH" when folder is not null:
                var answers = Chosen(folder, command.Arguments).Select(message => ScriptedFetch.Answer(folder, message, command.Arguments));
                return ScriptedReply.Raw($"{string.Concat(answers)}{command.Tag} OK done\r\n");
            case "FETCH" when folder is not null:
                var numbered = folder.Messages.Where((_, index) => IsIn(command.Arguments.Split(' ')[0], index + 1, folder.Messages.Count))
                    .Select(message => ScriptedFetch.Answer(folder, message, command.Arguments[command.Arguments.IndexOf(' ')..]));
                return ScriptedReply.Raw($"{string.Concat(numbered)}{command.Tag} OK done\r\n");
            case "UID STORE" when folder is not null:
                return Store(command, folder);
            case "UID COPY" or "UID MOVE" when folder is not null:
                return Copy(command, folder);
            case "COPY" or "MOVE" when folder is not null:
                return CopyByNumber(command, folder);
            case "UID EXPUNGE" when folder is not null:
                return string.Concat(Chosen(folder, command.Arguments)
                    .Where(message => message.Flags.Contains(@"\Deleted", StringComparison.OrdinalIgnoreCase))
                    .Select(message => Expunge(folder, message)));
            case "APPEND":
                return Append(command);
            default:
                return "OK done";
        }
    }

    private static string Expunge(ScriptedFolder folder, ScriptedMessage message)
    {
        var number = folder.Messages.IndexOf(message) + 1;
        folder.UidNext = folder.NextUid;
        folder.Messages.Remove(message);
        return $"* {number} EXPUNGE\n";
    }

    /// <summary>Whether READ-WRITE or READ-ONLY is told when a folder is opened, as servers should.</summary>
    public bool TellsAccess { get; set; } = true;

    private string Open(ScriptedFolder folder, string verb) =>
        $"""
        * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
        * OK [PERMANENTFLAGS (\Answered \Flagged \Deleted \Seen \Draft \*)] ok
        * {folder.Messages.Count} EXISTS
        * 0 RECENT
        * OK [UIDVALIDITY {folder.UidValidity}] ok
        * OK [UIDNEXT {folder.NextUid}] ok{(folder.MailboxId is null ? "" : $"\n* OK [MAILBOXID ({folder.MailboxId})] ok")}
        OK {(!TellsAccess ? "" : verb is "SELECT" ? "[READ-WRITE] " : "[READ-ONLY] ")}done
        """;

    /// <summary>What is asked for in words that are not known is taken to match.</summary>
    private static string Search(ScriptedCommand command, ScriptedFolder folder)
    {
        var uids = Found(command, folder).Select(message => message.Uid.ToString(CultureInfo.InvariantCulture)).ToList();
        if (!command.Arguments.StartsWith("RETURN", StringComparison.OrdinalIgnoreCase))
        {
            return uids.Count == 0 ? "* SEARCH" : $"* SEARCH {string.Join(' ', uids)}";
        }

        return uids.Count == 0
            ? $"* ESEARCH (TAG \"{command.Tag}\") UID"
            : $"* ESEARCH (TAG \"{command.Tag}\") UID ALL {string.Join(',', uids)} COUNT {uids.Count}";
    }

    private static List<ScriptedMessage> Found(ScriptedCommand command, ScriptedFolder folder)
    {
        var isExtended = command.Arguments.StartsWith("RETURN", StringComparison.OrdinalIgnoreCase);
        var words = isExtended ? command.Arguments[(command.Arguments.IndexOf(')', StringComparison.Ordinal) + 1)..] : command.Arguments;
        try
        {
            var search = new OldSearch(words, command.Literals, folder);
            return [.. folder.Messages.Where(search.Matches)];
        }
        catch (FormatException)
        {
            return [.. folder.Messages];
        }
    }

    private static bool IsIn(string set, int number, int last) => set.Split(',')
        .Select(range => range.Split(':').Select(end => end is "*" ? last : int.Parse(end, CultureInfo.InvariantCulture)).ToList())
        .Any(ends => number >= ends.Min() && number <= ends.Max());

    private static string Store(ScriptedCommand command, ScriptedFolder folder)
    {
        var given = command.Arguments[(command.Arguments.IndexOf('(', StringComparison.Ordinal) + 1)..].TrimEnd(')')
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var reply = new StringBuilder();
        foreach (var message in Chosen(folder, command.Arguments))
        {
            var flags = message.Flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (command.Arguments.Contains(" +FLAGS", StringComparison.OrdinalIgnoreCase)) flags = [.. flags.Union(given)];
            else if (command.Arguments.Contains(" -FLAGS", StringComparison.OrdinalIgnoreCase)) flags = [.. flags.Except(given)];
            else flags = given;
            message.Flags = string.Join(' ', flags);
            if (!command.Arguments.Contains(".SILENT", StringComparison.OrdinalIgnoreCase))
            {
                reply.Append(ScriptedFetch.Answer(folder, message, "(UID FLAGS)"));
            }
        }

        return reply.ToString();
    }

    /// <summary>The messages of a set of UIDs, which stands at the beginning of the text.</summary>
    private static List<ScriptedMessage> Chosen(ScriptedFolder folder, string set)
    {
        var last = folder.Messages.Select(message => message.Uid).DefaultIfEmpty().Max();
        var ranges = set.Split(' ')[0].Split(',').Select(range => range.Split(':'))
            .Select(ends => (First: Number(ends[0]), Last: Number(ends[^1]))).ToList();
        return [.. folder.Messages.Where(message =>
            ranges.Exists(range => message.Uid >= Math.Min(range.First, range.Last) && message.Uid <= Math.Max(range.First, range.Last)))];

        uint Number(string text) => text == "*" ? last : uint.Parse(text, CultureInfo.InvariantCulture);
    }

    private string List(ScriptedCommand command)
    {
        var pattern = Unquote(Regex.Matches(command.Arguments, "\"(?:\\\\.|[^\"\\\\])*\"|\\([^)]*\\)|[^ ]+").Select(word => word.Value)
            .Last(word => !word.StartsWith('(') && word != "RETURN"));
        if (pattern.Length == 0) return $"* {command.Verb} (\\Noselect) \"/\" \"\"";

        var listed = Folders.Where(folder => Matches(folder, pattern));
        return string.Concat(listed.Select(folder => $"* {command.Verb} ({folder.Attributes}) \"/\" {folder.Name}\n"));
    }

    private static bool Matches(ScriptedFolder folder, string pattern)
    {
        var expression = Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)
            .Replace("%", "[^/]*", StringComparison.Ordinal);
        return Names(folder, pattern) || Regex.IsMatch(folder.Path, $"^{expression}$") || Regex.IsMatch(ModifiedUtf7.Encode(folder.Path),
            $"^{expression}$");
    }

    private string Create(string name)
    {
        if (FindEncoded(name) is not null) return "NO [ALREADYEXISTS] It is there";

        CreateFolder(name).WireName = name;
        return "OK done";
    }

    private string Status(ScriptedCommand command)
    {
        if (FindEncoded(command.FolderName) is not { } folder) return "NO [NONEXISTENT] No such mailbox";

        var unseen = folder.Messages.Count(message => !message.Flags.Contains(@"\Seen", StringComparison.OrdinalIgnoreCase));
        return $"* STATUS {folder.Name} (MESSAGES {folder.Messages.Count} UIDNEXT {folder.NextUid} UIDVALIDITY "
            + $"{folder.UidValidity} UNSEEN {unseen})";
    }

    /// <summary>What clients do of a server without UIDPLUS: it does not say where the copies are.</summary>
    private string CopyByNumber(ScriptedCommand command, ScriptedFolder from)
    {
        var byNumber = new ScriptedFolder { Path = from.Path };
        for (var number = 1; number <= from.Messages.Count; number++) byNumber.Messages.Add(from.Messages[number - 1].At((uint)number));
        var chosen = Chosen(byNumber, command.Arguments).Select(message => from.Messages[(int)message.Uid - 1]).ToList();
        if (FindEncoded(Unquote(command.Arguments.Split(' ', 2)[1])) is not { } to) return "NO [TRYCREATE] No such mailbox";

        chosen.ForEach(message => to.Messages.Add(message.At(to.NextUid)));
        return command.Verb is "COPY" ? "OK done" : string.Concat(chosen.Select(message => Expunge(from, message))) + "OK done";
    }

    private string Copy(ScriptedCommand command, ScriptedFolder from)
    {
        if (FindEncoded(Unquote(command.Arguments.Split(' ', 2)[1])) is not { } to) return "NO [TRYCREATE] No such mailbox";

        var reply = new StringBuilder();
        List<(uint From, uint To)> copies = [];
        foreach (var message in Chosen(from, command.Arguments))
        {
            copies.Add((message.Uid, to.NextUid));
            to.Messages.Add(message.At(to.NextUid));
            if (command.Verb is "UID MOVE") reply.Append(Expunge(from, message));
        }

        if (copies.Count == 0) return "OK done";

        var code = $"OK [COPYUID {to.UidValidity} {string.Join(',', copies.Select(copy => copy.From))} "
            + $"{string.Join(',', copies.Select(copy => copy.To))}] done";
        return command.Verb is "UID MOVE" ? $"* {code}\n{reply}OK done" : code;
    }

    private string Append(ScriptedCommand command)
    {
        var name = command.Arguments.StartsWith('"')
            ? command.Arguments[..(command.Arguments.IndexOf('"', 1) + 1)]
            : command.Arguments.Split(' ')[0];
        if (FindEncoded(Unquote(name)) is not { } folder) return "NO [TRYCREATE] No such mailbox";

        var uids = command.Literals.Select(literal => Deliver(folder.Path, literal).Uid).ToList();
        return $"* {folder.Messages.Count} EXISTS\nOK [APPENDUID {folder.UidValidity} {string.Join(',', uids)}] done";
    }

    private ScriptedFolder? Find(string path) => Folders.FirstOrDefault(folder => Names(folder, path));

    private ScriptedFolder? FindEncoded(string name) =>
        Folders.FirstOrDefault(folder => folder.Name.Trim('"') == name || Names(folder, name) || ModifiedUtf7.Encode(folder.Path) == name);

    private static bool Names(ScriptedFolder folder, string path) =>
        folder.Path == path || ModifiedUtf7.Encode(folder.Path) == path
            || (folder.Path is "INBOX" && path.Equals("INBOX", StringComparison.OrdinalIgnoreCase));
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// A scripted server as they were in 2003 (RFC 3501): folders below INBOX, with dots; no MOVE, ESEARCH, UIDPLUS or SPECIAL-USE. What it
/// does not announce it refuses.
/// </summary>
public sealed partial class OldServer : IMailServer
{
    private const string Inbox = "INBOX";

    private static readonly string[] _later =
        ["UID MOVE", "UID EXPUNGE", "UNSELECT", "SORT", "UID SORT", "THREAD", "UID THREAD", "ENABLE", "ID"];

    private readonly ScriptedServer _server = ScriptedServer.Start();
    private readonly ConcurrentDictionary<int, string> _selected = new();
    private readonly ConcurrentDictionary<string, bool> _subscribed = new(StringComparer.Ordinal) { [Inbox] = true };

    private OldServer()
    {
        _server.Capabilities = "IMAP4rev1 IDLE NAMESPACE";
        _server.On("NAMESPACE", """* NAMESPACE (("INBOX." ".")) NIL NIL""");
        _server.On("LIST", command => List(command, Mailbox.Folders.Select(folder => folder.Path)));
        _server.On("LSUB", command => List(command, _subscribed.Keys));
        _server.On("SUBSCRIBE", command => Subscribe(command, subscribe: true));
        _server.On("UNSUBSCRIBE", command => Subscribe(command, subscribe: false));
        _server.On("CREATE", Create);
        _server.On("DELETE", Delete);
        _server.On("RENAME", Rename);
        _server.On("APPEND", Append);
        _server.On("COPY", command => ByNumber(command, "UID COPY"));
        _server.On("STORE", command => ByNumber(command, "UID STORE"));
        _server.On("UID COPY", command => WithoutCode(Answer(command, Selected(command).Path)));
        _server.On("UID SEARCH", Search);
        _server.On("EXPUNGE", command => string.Concat(Expunge(command).Select(number => $"* {number} EXPUNGE\n")));
        _server.On("CLOSE", command => Expunge(command).Count >= 0 ? "OK done" : "");
        foreach (var verb in _later) _server.On(verb, "BAD Unknown command");

        // These only look on, and leave the answer to the mailbox.
        _server.On(command => Remember(command), "");
    }

    public string Name => "A server of 2003 (scripted)";

    public string Version => "RFC 3501";

    public int Port => _server.Port;

    public string Prefix => "INBOX.";

    public char Delimiter => '.';

    private ScriptedMailbox Mailbox => _server.Mailbox;

    public static OldServer Start() => new();

    /// <summary>Whoever logs in has the one mailbox.</summary>
    public Task<MailLogin> AddUserAsync(CancellationToken cancellationToken = default) => Task.FromResult(new MailLogin("alice", "secret"));

    /// <inheritdoc/>
    public async Task DeliverAsync(MailLogin user, byte[] message, CancellationToken cancellationToken = default)
    {
        Mailbox.Deliver(Inbox, message);
        await _server.SayAsync(FormattableString.Invariant($"* {Mailbox[Inbox].Messages.Count} EXISTS"), cancellationToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string NameIn(string argument) => ModifiedUtf7.Decode(ScriptedMailbox.Unquote(argument));

    private bool Remember(ScriptedCommand command)
    {
        if (command.Verb is "SELECT" or "EXAMINE") _selected[command.ConnectionNumber] = NameIn(command.Arguments);
        return false;
    }

    private ScriptedFolder Selected(ScriptedCommand command) => Mailbox[_selected[command.ConnectionNumber]];

    private ScriptedFolder? Find(string path)
    {
        var name = path.Equals(Inbox, StringComparison.OrdinalIgnoreCase) ? Inbox : path;
        return Mailbox.Folders.FirstOrDefault(folder => folder.Path == name);
    }

    // As Courier does: INBOX alone, or INBOX and a dot, begin a name.
    private static bool IsName(string path) =>
        path is Inbox || (path.StartsWith("INBOX.", StringComparison.Ordinal) && !path.EndsWith('.'));

    private string List(ScriptedCommand command, IEnumerable<string> paths)
    {
        var arguments = Quoted().Matches(command.Arguments).Select(match => NameIn(match.Value)).ToList();
        var pattern = string.Concat(arguments.TakeLast(2));
        if (pattern.Length == 0) return $"* {command.Verb} (\\Noselect) \".\" \"\"";

        var wildcards = Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)
            .Replace("%", "[^.]*", StringComparison.Ordinal);
        var found = paths.Where(path => Regex.IsMatch(path, $"^{wildcards}$", RegexOptions.IgnoreCase)).Order(StringComparer.Ordinal);
        return string.Concat(found.Select(path => $"* {command.Verb} ({Attributes(path)}) \".\" \"{ModifiedUtf7.Encode(path)}\"\n"));
    }

    private string Attributes(string path) =>
        Find(path) is null ? @"\Noselect"
        : Mailbox.Folders.Any(folder => IsBelow(folder, path)) ? @"\HasChildren"
        : @"\HasNoChildren";

    private static bool IsBelow(ScriptedFolder folder, string path) => folder.Path.StartsWith(path + ".", StringComparison.Ordinal);

    private string Subscribe(ScriptedCommand command, bool subscribe)
    {
        if (subscribe) _subscribed[NameIn(command.Arguments)] = true;
        else _subscribed.TryRemove(NameIn(command.Arguments), out _);
        return "OK done";
    }

    private string Create(ScriptedCommand command)
    {
        var path = NameIn(command.Arguments);
        if (!IsName(path)) return "NO Invalid mailbox name";
        if (Find(path) is not null) return "NO Mailbox already exists";
        Mailbox.CreateFolder(path).UidValidity = (uint)(Mailbox.Folders.Count + 1000);
        return "OK done";
    }

    private string Delete(ScriptedCommand command) =>
        Find(NameIn(command.Arguments)) is { Path: not Inbox } folder && Mailbox.Folders.Remove(folder) ? "OK done" : "NO No such mailbox";

    private string Rename(ScriptedCommand command)
    {
        var names = Quoted().Matches(command.Arguments).Select(match => NameIn(match.Value)).ToList();
        if (Find(names[0]) is null) return "NO No such mailbox";
        if (!IsName(names[1]) || Find(names[1]) is not null) return "NO Invalid mailbox name";
        foreach (var folder in Mailbox.Folders.Where(folder => folder.Path == names[0] || IsBelow(folder, names[0])))
            folder.Path = names[1] + folder.Path[names[0].Length..];
        return "OK done";
    }

    private string Append(ScriptedCommand command)
    {
        if (Find(NameIn(Quoted().Match(command.Arguments).Value)) is not { } folder) return "NO [TRYCREATE] No such mailbox";

        var message = Mailbox.Deliver(folder.Path, command.Literals[0]);
        OldStructure.Tell(message);
        message.Flags = Flags().Match(command.Arguments).Groups["flags"].Value;
        message.InternalDate = Date().Match(command.Arguments) is { Success: true } date
            ? date.Value
            : $"\"{DateTimeOffset.UtcNow.ToString("dd-MMM-yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000\"";
        return "OK done";
    }

    private string Search(ScriptedCommand command)
    {
        if (command.Arguments.StartsWith("RETURN", StringComparison.OrdinalIgnoreCase)) return "BAD Unknown search key";
        var folder = Selected(command);
        var search = new OldSearch(command.Arguments, command.Literals, folder);
        var found = folder.Messages.Where(search.Matches).Select(message => message.Uid.ToString(CultureInfo.InvariantCulture)).ToList();
        return found.Count == 0 ? "* SEARCH" : $"* SEARCH {string.Join(' ', found)}";
    }

    private string ByNumber(ScriptedCommand command, string verb)
    {
        var words = command.Arguments.Split(' ', 2);
        var folder = Selected(command);
        var uids = words[0].Split(',').SelectMany(range =>
        {
            var ends = range.Split(':').Select(Number).Order().ToList();
            return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
        }).Select(number => folder.Messages[number - 1].Uid);
        var line = $"{command.Tag} {verb} {string.Join(',', uids)} {words[1]}";
        return WithoutCode(Answer(new ScriptedCommand(command.ConnectionNumber, line, []), folder.Path));

        int Number(string text) => text is "*" ? folder.Messages.Count : int.Parse(text, CultureInfo.InvariantCulture);
    }

    private string Answer(ScriptedCommand command, string path) =>
        string.Concat(Mailbox.Answer(command, path).Pieces!(command).Select(Encoding.UTF8.GetString));

    private static string WithoutCode(string answer) => Code().Replace(answer, "");

    private List<int> Expunge(ScriptedCommand command)
    {
        List<int> numbers = [];
        var folder = Selected(command);
        folder.UidNext = folder.NextUid;
        while (folder.Messages.FirstOrDefault(IsDeleted) is { } message)
        {
            numbers.Add(folder.Messages.IndexOf(message) + 1);
            folder.Messages.Remove(message);
        }

        return numbers;

        static bool IsDeleted(ScriptedMessage message) => message.Flags.Contains(@"\Deleted", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""|[^\s""()]+")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\[(?:COPYUID|APPENDUID)[^]]*\] ")]
    private static partial Regex Code();

    [GeneratedRegex(@"\((?<flags>[^)]*)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Flags();

    [GeneratedRegex(@"""[ 0-9]?[0-9]-[A-Z][a-z]{2}-[0-9]{4} [0-9:]{8} [+-][0-9]{4}""")]
    private static partial Regex Date();
}

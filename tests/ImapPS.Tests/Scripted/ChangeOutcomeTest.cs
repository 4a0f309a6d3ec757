using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>
/// Changes to a few messages that end in the midst, in one way or another. Whatever happens, of each message it is told that it is done (by
/// the journal), or that nobody knows (an error that names it); of any other nothing is done.
/// </summary>
public abstract class ChangeOutcomeTest : ScriptedTest
{
    private const string Everything = "IMAP4rev1 LITERAL+ IDLE UIDPLUS MOVE NAMESPACE SPECIAL-USE MULTIAPPEND";

    private static readonly string[] _subjects = ["one", "two", "three"];

    private readonly string _directory = Directory.CreateTempSubdirectory("imapps-").FullName;
    private int _runs;

    /// <summary>All places, and not a few of them: with the environment variable of the other tables.</summary>
    protected static bool Everywhere { get; } = Environment.GetEnvironmentVariable("IMAPPS_TEST_EVERY_CUT") == "1";

    protected static IReadOnlyDictionary<string, Operation> Operations { get; } = new Dictionary<string, Operation>(StringComparer.Ordinal)
    {
        ["move"] = new("Move-ImapMessage $to", Removes: true, Adds: true),
        ["move, without MOVE"] = new("Move-ImapMessage $to", Removes: true, Adds: true, "MOVE"),
        ["move, without UIDPLUS"] = new("Move-ImapMessage $to", Removes: true, Adds: true, "UIDPLUS"),
        ["copy"] = new("Copy-ImapMessage $to", Removes: false, Adds: true),
        ["copy, without UIDPLUS"] = new("Copy-ImapMessage $to", Removes: false, Adds: true, "UIDPLUS"),
        ["import"] = new("Import-ImapMessage $to $files", Removes: false, Adds: true),
        ["import, one by one"] = new("Import-ImapMessage $to $files", Removes: false, Adds: true, "MULTIAPPEND"),
        ["import, without UIDPLUS"] = new("Import-ImapMessage $to $files", Removes: false, Adds: true, "UIDPLUS"),
        ["move between"] = new("Move-ImapMessage $to -ToSession $other", Removes: true, Adds: true),
        ["copy between"] = new("Copy-ImapMessage $to -ToSession $other", Removes: false, Adds: true),
        ["remove"] = new("Remove-ImapMessage -Permanent -Force", Removes: true, Adds: false),
        ["clear"] = new("Clear-ImapFolder $from -Force", Removes: true, Adds: false),
        ["flags"] = new("Set-ImapMessage -Flagged", Removes: false, Adds: false),
    };

    private ScriptedServer Other { get; } = ScriptedServer.Start();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Other.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs an operation with something happening, and asserts that what is told is what is.</summary>
    /// <param name="operation">What is done.</param>
    /// <param name="arrange">Says to the servers what is to happen; is given the server that the messages go to as well.</param>
    /// <param name="what">What happens, for the message of a failure.</param>
    /// <param name="restore">Undoes what would be in the way of a look at what is where.</param>
    protected EngineResult Run(Operation operation, Action<ScriptedServer, ScriptedServer> arrange, string what, Action? restore = null)
    {
        Server.Capabilities = Other.Capabilities =
            string.Join(' ', Everything.Split(' ').Where(name => name != operation.Hidden));
        string from = Text($"From{++_runs}");
        string to = Text($"To{_runs}");
        ScriptedServer target = operation.Script.Contains("$other", StringComparison.Ordinal) ? Other : Server;
        string[] files = [.. _subjects.Select(subject => Path.Combine(_directory, $"{subject}.eml"))];
        foreach ((string subject, string file) in _subjects.Zip(files))
        {
            File.WriteAllText(file, TextOf(subject));
            Server.Mailbox.Deliver(from, TextOf(subject));
        }

        target.Mailbox.CreateFolder(to);
        if (_runs > 1) Run("$mine, $other | Disconnect-Imap");
        Succeed("$other = Connect-Imap 127.0.0.1 -Port $there -Security None -AllowPlaintext -Credential $credential -RetryCount 1 "
            + "-RetryDelaySeconds 0", ("there", Other.Port));
        Connect("-RetryCount 1 -RetryDelaySeconds 0");
        Succeed("$mine = Get-ImapSession | Where-Object IsDefault");
        string journal = Path.Combine(_directory, Text($"{_runs}.jsonl"));
        (string, object?)[] variables = [("from", from), ("to", to), ("files", files), ("journal", journal)];
        Succeed("$messages = @(Get-ImapMessage $from)", variables);
        arrange(Server, target);
        bool pipes = !operation.Script.Contains("$files", StringComparison.Ordinal) && !operation.Script.Contains("$from",
            StringComparison.Ordinal);
        EngineResult result = Run($"{(pipes ? "$messages | " : "")}{operation.Script} -JournalPath $journal", variables);
        Server.ClearRules();
        Other.ClearRules();
        restore?.Invoke();
        Compare(operation, result, from, target, to, Done(journal), what);
        return result;
    }

    /// <summary>The commands that an operation takes when nothing happens, of the server that the messages come from or go to.</summary>
    protected IReadOnlyList<string> Learn(Operation operation, bool there)
    {
        int first = 0;
        ScriptedServer? asked = null;
        Assert.Empty(Run(operation, (here, target) =>
        {
            asked = there ? target : here;
            first = asked.Commands.Count;
        }, "nothing").AllErrors);
        return [.. asked!.Commands.Skip(first).Select(command => command.Verb).Where(verb => verb is not "LOGOUT")];
    }

    /// <summary>Answers the command of that number, from now on.</summary>
    protected static void At(ScriptedServer server, int number, ScriptedReply reply)
    {
        int seen = 0;
        server.On(_ => seen++ == number, reply);
    }

    private void Compare(Operation operation, EngineResult result, string from, ScriptedServer target, string to, HashSet<string> done,
        string what)
    {
        List<string> here = Subjects(Server, from);
        List<string> there = Subjects(target, to);
        HashSet<string> named = [.. result.AllErrors.SelectMany(Named)];
        string told = Text($"{what}: here {string.Join(' ', here)}; there {string.Join(' ', there)}; done {string.Join(' ', done)}; ")
            + Text($"named {string.Join(' ', named)}; {string.Join(' ', result.AllErrors.Select(error => error.FullyQualifiedErrorId))}");
        Assert.True(there.Count == there.Distinct().Count() || there.Except(named).Count() == there.Count, told);
        foreach (string subject in _subjects)
        {
            bool isHere = here.Contains(subject);
            bool isThere = there.Contains(subject);
            Assert.True(isHere || isThere || !operation.Adds, $"{subject} is lost. {told}");
            if (named.Contains(subject)) continue;

            bool isDone = done.Contains(subject);
            Assert.True(isThere == (isDone && operation.Adds), $"{subject}. {told}");
            Assert.True(isHere == !(isDone && operation.Removes), $"{subject}. {told}");
            if (operation is { Adds: false, Removes: false }) Assert.True(IsFlagged(from, subject) == isDone, $"{subject}. {told}");
        }

        Assert.True(result.AllErrors.Any() || done.Count == _subjects.Length, told);
    }

    /// <summary>The messages that an error is about: message objects, or the files that they came from.</summary>
    private static IEnumerable<string> Named(ErrorRecord error) => error.TargetObject switch
    {
        System.Collections.IEnumerable several and not string => several.Cast<object>().Select(Subject),
        { } one when error.FullyQualifiedErrorId.StartsWith("OutcomeUnknown,", StringComparison.Ordinal) => [Subject(one)],
        _ => [],
    };

    private static string Subject(object target) =>
        PSObject.AsPSObject(target).Properties["Subject"]?.Value?.ToString() ?? Path.GetFileNameWithoutExtension(target.ToString() ?? "");

    private static HashSet<string> Done(string journal) => !File.Exists(journal) ? [] :
        [.. File.ReadLines(journal).Select(line => JsonDocument.Parse(line).RootElement).Select(line => IdOf(line).Split('@')[0])];

    private static string IdOf(JsonElement line) => line.GetProperty("MessageId").GetString() ?? "";

    private static List<string> Subjects(ScriptedServer server, string folder) =>
        [.. server.Mailbox[folder].Messages.Select(message => IdOf(message.Octets))];

    private static string IdOf(byte[] octets) => Encoding.ASCII.GetString(octets).Split('<')[1].Split('@')[0];

    private bool IsFlagged(string folder, string subject) => Server.Mailbox[folder].Messages
        .Single(message => IdOf(message.Octets) == subject).Flags.Contains("Flagged", StringComparison.Ordinal);

    private static string TextOf(string subject) => $"Message-ID: <{subject}@x>\r\nSubject: {subject}\r\n\r\nText {subject}\r\n";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    protected sealed record Operation(string Script, bool Removes, bool Adds, string Hidden = "");
}

using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

/// <summary>A clean-up of three batches, and another client that interferes before the second.</summary>
public sealed class ConcurrentChangeTests(MailServer mail) : ChangeTest(mail)
{
    private const int Some = 30;
    private const string Breaks = "as the connection breaks";
    private const string Between = "between batches";

    private static readonly Dictionary<string, string> _verbs = new(StringComparer.Ordinal)
    {
        ["Set-ImapMessage -Flagged -PassThru"] = "UID STORE",
        ["Copy-ImapMessage Archive"] = "UID COPY",
        ["Move-ImapMessage Archive"] = "UID MOVE",
        ["Remove-ImapMessage"] = "UID MOVE",
        ["Remove-ImapMessage -Permanent -Force"] = "UID STORE",
    };

    /// <summary>The last that a batch sends, where that is another command than the one that changes.</summary>
    private static readonly Dictionary<string, string> _lastVerbs = new(StringComparer.Ordinal)
    {
        ["Set-ImapMessage -Flagged -PassThru"] = "UID FETCH",
        ["Remove-ImapMessage -Permanent -Force"] = "UID EXPUNGE",
    };

    public static TheoryData<string> Commands() => [.. _verbs.Keys];

    public static TheoryData<string, string> CommandsAndMoments()
    {
        var both = new TheoryData<string, string>();
        foreach (string command in _verbs.Keys)
        {
            both.Add(command, "between commands");
            both.Add(command, Breaks);
        }

        return both;
    }

    /// <summary>
    /// Between the SELECT and the command after it no client is safe from a server that lets a selected folder become another.
    /// </summary>
    public static TheoryData<string, string> CommandsAndSafeMoments()
    {
        var both = new TheoryData<string, string>();
        foreach (string command in _verbs.Keys)
        {
            both.Add(command, Between);
            both.Add(command, Breaks);
        }

        return both;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Messages_that_are_expunged_meanwhile(string command)
    {
        EngineResult result = Clean(command, "SELECT Work", "UID STORE 12,25 +FLAGS (\\Deleted)", "UID EXPUNGE 12,25");
        AssertMissing(command, result);
        Assert.Equal(Some - 2
            + (command.StartsWith("Copy", StringComparison.Ordinal) ? Some - 2 : command.Contains("-Permanent", StringComparison.Ordinal)
            ? 2 - Some : 0), await SumAsync());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Messages_that_are_moved_elsewhere_meanwhile_stay_there(string command)
    {
        EngineResult result = Clean(command, "SELECT Work", "UID MOVE 12,25 Elsewhere");
        AssertMissing(command, result);
        Assert.Equal(["None", "None"], FlagsOf("Elsewhere").Values);
        Assert.Equal(["message 11", "message 24"], Subjects(Succeed("Get-ImapMessage Elsewhere")));
        Assert.Equal(Some + (command.StartsWith("Copy", StringComparison.Ordinal)
            ? Some - 2
            : command.Contains("-Permanent", StringComparison.Ordinal) ? 2 - Some : 0), await SumAsync());
    }

    [Theory]
    [MemberData(nameof(CommandsAndMoments))]
    public async Task A_folder_that_is_renamed_meanwhile(string command, string when)
    {
        EngineResult result = Clean(command, when, "RENAME Work Renamed");
        AssertEach(result, "FolderNotFound", when);
        await AssertLeftAloneAsync(command, "Renamed");
    }

    [Theory]
    [MemberData(nameof(CommandsAndMoments))]
    public void A_folder_that_is_removed_meanwhile(string command, string when)
    {
        EngineResult result = Clean(command, when, "DELETE Work");
        AssertEach(result, "FolderNotFound", when);
    }

    [Theory]
    [MemberData(nameof(CommandsAndSafeMoments))]
    public async Task A_folder_that_is_another_meanwhile_is_not_touched(string command, string when)
    {
        EngineResult result = Clean(command, when, "RENAME Work Renamed", "CREATE Work", "SELECT Trash", "UID COPY 1:30 Work");
        AssertEach(result, "UidValidityChanged", when);
        Assert.All(FlagsOf("Work").Values, flags => Assert.Equal("None", flags));
        Assert.Equal(Some, await CountAsync("Work"));
        await AssertLeftAloneAsync(command, "Renamed");
    }

    [Theory]
    [MemberData(nameof(CommandsAndSafeMoments))]
    public async Task UIDs_without_a_UIDVALIDITY_mean_the_folder_as_it_was_at_first(string command, string when)
    {
        EngineResult result = Clean(command, bare: true, when, "RENAME Work Renamed", "CREATE Work", "SELECT Trash", "UID COPY 1:30 Work");
        AssertEach(result, "UidValidityChanged", when);
        Assert.All(FlagsOf("Work").Values, flags => Assert.Equal("None", flags));
        Assert.Equal(Some, await CountAsync("Work"));
    }

    [Theory]
    [InlineData("Copy-ImapMessage Archive", "UID COPY")]
    [InlineData("Move-ImapMessage Archive", "UID MOVE")]
    public async Task A_destination_that_is_removed_meanwhile(string command, string verb)
    {
        EngineResult result = Clean(command, "RENAME Archive Renamed");
        Assert.Equal(2, result.AllErrors.Count());
        Assert.All(result.AllErrors, error => Assert.StartsWith("FolderNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.InRange(Proxy.Count(verb), 2, 3);
        Assert.Equal([10, verb == "UID COPY" ? Some : Some - 10], await CountsAsync("Renamed", "Work"));
    }

    /// <summary>The trash holds as many other messages from the start, with the same UIDs as those of the folder.</summary>
    private EngineResult Clean(string command, params string[] meanwhile) => Clean(command, bare: false, meanwhile);

    private EngineResult Clean(string command, bool bare, params string[] meanwhile)
    {
        string[] commands = [.. meanwhile.Where(said => char.IsUpper(said[0]))];
        Deliver(Some, "Work");
        User.DeliverMany("Trash", Some, i => new SeedMessage(Message(Text($"innocent {i}"))));
        foreach (string folder in new[] { "Archive", "Elsewhere" }) User.CreateFolder(folder);
        Connect();
        Succeed(bare ? "$all = 1..30 | ForEach-Object { [pscustomobject]@{ Folder = 'Work'; Uid = $_ } }"
            : "$all = @(Get-ImapMessage Work)");
        string verb = _verbs[command];
        Proxy.Clear();
        bool isSecond(ImapPS.Sandbox.ProxyCommand said) => meanwhile.Contains(Between, StringComparer.Ordinal)
            ? IsAfterFirst(said, _lastVerbs.GetValueOrDefault(command, verb))
            : said.Verb == verb && Proxy.Count(verb) == 2;
        Proxy.On(isSecond, ProxyAction.Run(() => OtherClientAsync(commands)));
        if (meanwhile.Contains(Breaks, StringComparer.Ordinal)) Proxy.On(isSecond, ProxyAction.CutBefore);
        return Run($"$all | {command} -BatchSize 10");
    }

    private bool IsAfterFirst(ImapPS.Sandbox.ProxyCommand said, string verb) =>
        said.Verb == verb ? Proxy.Count(verb) == 2 : Proxy.Count(verb) == 1;

    private static void AssertMissing(string command, EngineResult result)
    {
        // Who wanted them gone has what they wanted.
        int[] expected = command.Contains("-Permanent", StringComparison.Ordinal) ? [] : [12, 25];
        Assert.Equal(expected, result.AllErrors.Select(error => Property<int>(PSObject.AsPSObject(error.TargetObject), "Uid")));
        Assert.All(result.AllErrors, error => Assert.StartsWith("MessageNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
    }

    /// <summary>
    /// An error for each of the two batches that were not done. Of the messages of a command that was sent, each is told as unknown: nobody
    /// can look where there is no folder any more.
    /// </summary>
    private static void AssertEach(EngineResult result, string id, string when)
    {
        IEnumerable<string> unknown = Enumerable.Repeat("OutcomeUnknown", when == Between ? 0 : 10);
        Assert.Equal([.. unknown, id, id], result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
    }

    /// <summary>The two batches that were not done are where they were, and as they were.</summary>
    private async Task AssertLeftAloneAsync(string command, string folder)
    {
        bool stays = command.StartsWith("Set", StringComparison.Ordinal) || command.StartsWith("Copy", StringComparison.Ordinal);
        Assert.Equal(stays ? Some : Some - 10, await CountAsync(folder));
        Assert.All(FlagsOf(folder).Where(message => message.Key > 10), message => Assert.Equal("None", message.Value));
        Assert.Equal(Enumerable.Range(0, Some).Select(i => Text($"innocent {i}")),
            Subjects(Succeed("Get-ImapMessage Trash -Subject innocent")));
    }

    private async Task<int> SumAsync() => (await CountsAsync("Work", "Archive", "Elsewhere", "Trash")).Sum() - Some;
}

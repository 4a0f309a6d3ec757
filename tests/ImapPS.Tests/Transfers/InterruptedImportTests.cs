using System.Globalization;
using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;
using ProxyCommand = ImapPS.Sandbox.ProxyCommand;

namespace ImapPS.Tests.Transfers;

/// <summary>An import of some hundred messages, with the connection cut at each command and in the midst of literals.</summary>
public sealed class InterruptedImportTests(MailServer mail) : ImportTest(mail)
{
    private static int Many => Amount.Transferred;
    private const int Batch = 100;

    /// <summary>With it, the cut goes through the middle of every single literal, which takes minutes.</summary>
    private static readonly bool _everyLiteral = Environment.GetEnvironmentVariable("IMAPPS_TEST_EVERY_CUT") == "1";

    private readonly List<byte[]> _messages = [.. Enumerable.Range(0, Many).Select(Cuts.Sample)];
    private readonly StringBuilder _table = new();
    private IReadOnlyList<ProxyCommand> _usual = [];
    private int _runs;

    public static TheoryData<string> Servers() => ["", "LITERAL+ LITERAL-"];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Whatever_is_cut_no_message_is_lost_and_none_is_doubled(string hidden)
    {
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Prepare();
        string[] verbs = [.. _usual.Select(command => command.Verb)];
        Assert.Equal(Many / Batch, verbs.Count(verb => verb == "APPEND"));
        for (int i = 0; i < verbs.Length; i++)
        {
            int number = i;
            await ImportAsync(Text($"{verbs[i]} ({i + 1}) before"), () => Proxy.CutAt(number, ProxyAction.CutBefore));
            await ImportAsync(Text($"{verbs[i]} ({i + 1}) after"), () => Proxy.CutAt(number, ProxyAction.CutAfterExecution));
            await ImportAsync(Text($"{verbs[i]} ({i + 1}) in its answer"), () => Proxy.CutAt(number, ProxyAction.CutMidResponse(10)));
        }

        // In the middle of a literal of each batch at once.
        for (int literal = 0; literal < Batch; literal += _everyLiteral ? 1 : 14)
        {
            int place = literal;
            await ImportAsync(Text($"in message {literal + 1} of each batch"), () => CutInLiterals(place));
        }

        await ImportAsync("before the last line end", () => CutInLiterals(Batch));
        Show();
    }

    [Fact]
    public async Task Without_retries_a_second_run_brings_what_is_missing()
    {
        Prepare();
        for (int batch = 0; batch < Many / Batch; batch++)
        {
            int number = batch;
            foreach ((string when, ProxyAction action) in new[]
            {
                ("before", ProxyAction.CutBefore),
                ("after", ProxyAction.CutAfterExecution),
                ("within", ProxyAction.CutMidCommand(5_000)),
            })
            {
                await ImportAsync(Text($"APPEND ({batch + 1}) {when}"), () => Proxy.CutAt("APPEND", number, action), "ConnectionLost");
            }
        }

        Show();
    }

    [Fact]
    public async Task One_by_one_as_well()
    {
        Proxy.HideCapability("MULTIAPPEND");
        Prepare();
        int[] places = [0, 1, 99, Many / 2, Many - 2, Many - 1];
        foreach ((string when, Func<ProxyAction> action, bool isSentAgain) in new (string, Func<ProxyAction>, bool)[]
        {
            ("before", () => ProxyAction.CutBefore, true),
            ("after", () => ProxyAction.CutAfterExecution, false),
            ("in the answer", () => ProxyAction.CutMidResponse(10), false),
            ("in the literal", () => ProxyAction.CutMidCommand(200), true),
        })
        {
            await ImportAsync(Text($"six of the APPENDs {when}"), () =>
            {
                for (int i = 0; i < places.Length; i++) Proxy.CutAt("APPEND", places[i] + (isSentAgain ? i : 0), action());
            });
        }

        Show();
    }

    [Fact]
    public async Task What_cannot_be_told_is_OutcomeUnknown_and_not_sent_again()
    {
        string path = Write("one.eml", Message("mine", body: "mine"));
        string id = Encoding.ASCII.GetString(await File.ReadAllBytesAsync(path, Cancellation)).Split('<', '>')[3];
        Connect();

        // A server that alters what it stores, for instance: another size, but the Message-ID of ours.
        Proxy.On("APPEND", ProxyAction.Run(() => AppendAsync($"X-Altered: yes\r\nMessage-ID: <{id}>\r\n\r\nmine\r\n")));
        Proxy.On("APPEND", ProxyAction.CutBefore);
        ErrorRecord error = AssertError(Run("Import-ImapMessage INBOX $path", ("path", path)), "OutcomeUnknown");
        Assert.Equal(path, error.TargetObject);
        Assert.Equal(1, Proxy.Count("APPEND"));
        Assert.Equal(1, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_not_asked_twice()
    {
        string path = Write("one.eml", Message("slow"));
        Connect("-TimeoutSeconds 1");
        Proxy.On("APPEND", ProxyAction.Stall);
        List<ErrorRecord> errors = [.. (await RunAsync("Import-ImapMessage INBOX $path", ("path", path))).AllErrors];
        Assert.Equal(["OutcomeUnknown", "Timeout"], errors.Select(told => told.FullyQualifiedErrorId.Split(',')[0]));
        ErrorRecord error = errors[^1];
        Assert.Contains("-SkipExisting", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, Proxy.Count("APPEND"));
        Assert.Equal(0, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task Equal_messages_are_told_apart_from_those_that_arrived_before()
    {
        byte[] same = Octets("Subject: same\r\nMessage-ID: <same@x>\r\n\r\nsame\r\n");
        for (int i = 0; i < 6; i++) Write(Text($"{i}.eml"), same);
        Proxy.HideCapability("UIDPLUS", "MULTIAPPEND");
        Connect();
        Proxy.CutAt("APPEND", 3, ProxyAction.CutBefore);
        Proxy.CutAt("APPEND", 5, ProxyAction.CutAfterExecution);
        Succeed("Import-ImapMessage INBOX $files/*.eml", ("files", Files));
        Assert.Equal(6, await CountAsync("INBOX"));
    }

    /// <summary>Learns what an import says when nothing happens.</summary>
    private void Prepare()
    {
        for (int i = 0; i < Many; i++) Write(Text($"{i:D4}.eml"), _messages[i]);
        User.CreateFolder("Run000");
        Connect();
        Succeed("Import-ImapMessage Run000 $files/*.eml", ("files", Files));
        _usual = Proxy.Commands;
        Succeed("Import-ImapMessage Run000 $files/*.eml -SkipExisting", ("files", Files));
        Assert.Equal(_usual.Count(command => command.Verb == "APPEND"), Proxy.Count("APPEND"));
        _table.AppendLine().AppendLine("| cut | connections | errors | after it | lost, doubled | after the rerun | lost, doubled |")
            .AppendLine("|---|---:|---|---:|---:|---:|---:|");
    }

    /// <summary>Imports into a folder of its own with something happening, looks, imports again what is missing, and looks again.</summary>
    private async Task ImportAsync(string what, Action arrange, string? error = null)
    {
        string folder = Text($"Run{++_runs:D3}");
        User.CreateFolder(folder);

        // Each run begins as the first did: connected, with nothing selected.
        Succeed("Disconnect-Imap");
        Connect(error is null ? "" : "-RetryCount 0");
        arrange();
        EngineResult result = Run("Import-ImapMessage $folder $files/*.eml", ("folder", folder), ("files", Files));
        int connections = Proxy.Connections;
        string[] errors = [.. result.AllErrors.Select(record => record.FullyQualifiedErrorId.Split(',')[0])];
        (int there, int lost, int doubled) = await CompareAsync(folder);
        Proxy.ClearRules();
        EngineResult rerun = Run("Import-ImapMessage $folder $files/*.eml -SkipExisting", ("folder", folder), ("files", Files));
        (int thereAfter, int lostAfter, int doubledAfter) = await CompareAsync(folder);
        _table.AppendLine(CultureInfo.InvariantCulture,
            $"| {what} | {connections} | {(errors.Length == 0 ? "none" : string.Join(", ", errors.Distinct()))} "
            + $"| {there} | {lost}, {doubled} | {thereAfter} | {lostAfter}, {doubledAfter} |");

        int unknown = errors.Count(id => id == "OutcomeUnknown");
        Assert.Empty(rerun.AllErrors);
        Assert.True(lostAfter == 0 && doubledAfter <= unknown && doubled <= unknown, $"{what}\n{_table}");
        if (error is null) Assert.True(lost <= unknown && errors.All(id => id == "OutcomeUnknown"), $"{what}\n{_table}");
        else Assert.Equal([.. Enumerable.Repeat("OutcomeUnknown", unknown), error], errors);
    }

    private async Task<(int There, int Lost, int Doubled)> CompareAsync(string folder)
    {
        IReadOnlyList<byte[]> stored = await StoredAsync(folder);
        var left = _messages.Select(Encoding.Latin1.GetString).ToHashSet();
        int doubled = stored.Count(message => !left.Remove(Encoding.Latin1.GetString(message)));
        return (stored.Count, left.Count, doubled);
    }

    /// <summary>Cuts each batch, once, in the middle of its literal of that number, or before its last line end.</summary>
    private void CutInLiterals(int literal)
    {
        string[] appends = [.. _usual.Where(command => command.Verb == "APPEND").Select(command => command.Line)];
        for (int batch = 0; batch < appends.Length; batch++)
        {
            // What was cut is sent again, so every second APPEND is the first of a batch.
            Proxy.CutAt("APPEND", 2 * batch,
                ProxyAction.CutMidCommand(literal < Batch ? Cuts.MiddleOf(appends[batch], literal) : appends[batch].Length));
        }
    }

    private void Show() => TestContext.Current.TestOutputHelper?.WriteLine(_table.ToString());

    private async Task AppendAsync(string message)
    {
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        await client.AppendAsync("INBOX", Octets(message), cancellationToken: Cancellation);
    }
}

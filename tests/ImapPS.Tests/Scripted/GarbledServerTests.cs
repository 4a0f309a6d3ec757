using System.Management.Automation;
using CsCheck;
using ImapPS.Sandbox;
using ImapPS.Tests.Fuzzing;

namespace ImapPS.Tests.Scripted;

/// <summary>
/// Servers whose answers were recorded, and changed at random: nothing hangs, nothing is an error that was not foreseen, no password is in
/// a log, and memory is bounded. IMAPPS_TEST_FUZZ says how many.
/// </summary>
public sealed class GarbledServerTests : ScriptedTest
{
    private const int HeapMegabytes = 200;

    /// <summary>One of so many cases goes through the cmdlets as well.</summary>
    private const int Share = 50;

    private const int FewestCases = 10;
    private const int MostSpared = 50;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private const string Work =
        """
        $how = @{ Security = 'None'; AllowPlaintext = $true; RetryCount = 0; TimeoutSeconds = 2; ProtocolLogPath = $log; Verbose = $true }
        $null = Connect-Imap 127.0.0.1 -Port $port -Credential $credential @how
        Get-ImapFolder
        Get-ImapMessage -Include Preview | Out-String
        Get-ImapMessage -Subject s | Get-ImapMessageContent
        Get-ImapMessage -First 1 | Move-ImapMessage $to
        Wait-ImapMessage -Subject nothing -TimeoutSeconds 0
        Get-ImapSession | Where-Object UserName -eq $credential.UserName | Disconnect-Imap
        """;

    [Fact]
    public Task Nothing_hangs_and_nothing_is_unforeseen() => LimitedProcess.FuzzAsync(typeof(ReplayRun), HeapMegabytes);

    [Fact]
    public async Task Neither_do_the_cmdlets()
    {
        // Sessions are those of the whole process, and other tests have theirs.
        string user = $"fuzz-{Guid.NewGuid():N}";
        PSCredential credential = new SandboxAccess("127.0.0.1", Server.Port, 0, "", user, MailboxWork.Password).Credential;
        string log = Path.GetTempFileName();
        await using ReplayServer server = ReplayServer.Start();
        Recording[] everything = [.. Recorder.All.GroupBy(recording => recording.Server).Select(Joined)];
        Gen<ReplayCase> cases = Gen.Select(
            Gen.Int[0, everything.Length - 1], Gen.Int[0, MostSpared], Edit.Any.Array[1, 5],
            (number, spared, edits) => new ReplayCase(everything[number], 1_000 * spared / Answers(everything[number]), edits, Options: 1));
        await cases.SampleAsync(TryAsync, iter: Math.Max(Amount.Fuzz / Share, FewestCases), threads: 1);
        File.Delete(log);

        async Task TryAsync(ReplayCase one)
        {
            var replay = new Replay(one.Recording, one.Change);
            server.Play(replay);
            File.WriteAllText(log, "");
            Task<EngineResult> work = RunAsync(Work, ("log", log), ("credential", credential), ("to", MailboxWork.Destination),
                ("port", server.Port));
            Assert.True(await Task.WhenAny(work, Task.Delay(_longest, Cancellation)) == work, Said("It hangs."));

            EngineResult result = await work;
            Assert.All(result.AllErrors, error =>
                Assert.False(error.FullyQualifiedErrorId.StartsWith("Unexpected", StringComparison.Ordinal)
                    || !error.FullyQualifiedErrorId.Contains(",ImapPS.Commands.", StringComparison.Ordinal),
                    Said($"{error.FullyQualifiedErrorId}: {error.Exception}")));
            string told = File.ReadAllText(log) + string.Concat(result.Verbose)
                + string.Concat(result.AllErrors.Select(error => error.Exception));
            Assert.DoesNotContain("horse", told, StringComparison.Ordinal);
            Run("Get-ImapSession | Where-Object UserName -eq $user | Disconnect-Imap -ErrorAction Ignore", ("user", user));

            string Said(string what) => $"{what}\n{one}\n{string.Join('\n', replay.Transcript)}";
        }
    }

    [Theory]
    [InlineData("* ID (", "ConnectionFailed")]
    [InlineData("* ID NIL\r\nA00000002 OKID\r\n", "ProtocolError")]
    [InlineData("", "ConnectionFailed")]
    [InlineData("* LIST () {99999999}\r\n", "ProtocolError")]
    public void What_ends_the_connection_right_after_the_login_is_told_as_that(string answer, string id)
    {
        Server.Capabilities += " ID";
        Server.On("ID", ScriptedReply.Raw(answer, thenCut: true));
        AssertError(TryConnect(), id);
    }

    [Fact]
    public void What_the_client_does_not_send_to_such_a_server_is_not_supported_there()
    {
        Server.Capabilities = "IMAP4rrev1 MOVE UIDPLUS";
        Server.Mailbox.CreateFolder("Archive");
        Server.Mailbox.Deliver("INBOX", "Subject: text\r\n\r\nText\r\n");
        Connect();
        AssertError(Run("Get-ImapMessage | Move-ImapMessage Archive"), "NotSupportedByServer");
    }

    private static int Answers(Recording recording) => recording.Exchanges.Sum(exchange => exchange.Answers.Count);

    private static Recording Joined(IGrouping<string, Recording> recordings)
    {
        var all = new Recording(recordings.Key, "everything");
        foreach (RecordedExchange exchange in recordings.SelectMany(recording => recording.Exchanges)) all.Exchanges.Add(exchange);
        return all;
    }
}

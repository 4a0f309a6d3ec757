using System.Collections.Concurrent;
using System.Text;
using CsCheck;
using ImapPS.Errors;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Fuzzing;

/// <summary>
/// Recorded answers, changed at random, for a client in the same process: many cases at a time, since most of them wait most of the time.
/// <see cref="Scripted.GarbledServerTests"/> runs it in a process whose memory ends early.
/// </summary>
public sealed class ReplayRun
{
    private const int AtATime = 12;

    /// <summary>The time that a connection may take, and its retries, many times over: the machine may be at something else.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    /// <summary>The password, as it is and as logins send it.</summary>
    private static readonly string[] _secrets =
    [
        "horse", Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0alice\0{MailboxWork.Password}")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(MailboxWork.Password)),
    ];

    private readonly Findings _findings = new();
    private readonly ConcurrentBag<Worker> _workers = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Recordings => [.. Enumerable.Range(0, Recorder.All.Count)];

    /// <summary>If not, the module says other things than it did, and they are to be recorded anew.</summary>
    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task What_was_recorded_is_answered_as_it_was(int number)
    {
        using var worker = new Worker();
        var replay = new Replay(Recorder.All[number], _ => null);
        var caller = new Overheard();
        int count = await worker.WorkAsync(replay, Recorder.All[number].Work, caller, retryCount: 1, log: null, Cancellation);
        Assert.True(count > 0, string.Join('\n', replay.Transcript));
        Assert.DoesNotContain(replay.Transcript, line => line.Contains("BAD Unknown command", StringComparison.Ordinal));
    }

    [Fact(Explicit = true)]
    public async Task Every_case_ends_well()
    {
        await ReplayCase.Any.SampleAsync(TryAsync, iter: Amount.Fuzz, threads: AtATime);
        foreach (Worker worker in _workers) worker.Dispose();
        _findings.Conclude();
    }

    private async Task TryAsync(ReplayCase one)
    {
        if (!_workers.TryTake(out Worker? worker)) worker = new Worker();
        var replay = new Replay(one.Recording, one.Change) { IsSilent = one.IsSilent };
        string Specimen() => $"{one}\n{string.Join('\n', replay.Transcript)}";
        var caller = new Overheard();
        string? log = one.IsLogged ? worker.Log : null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<int> work = Task.Run(() => worker.WorkAsync(replay, one.Recording.Work, caller, one.RetryCount, log, Cancellation), Cancellation);
        if (await Task.WhenAny(work, Task.Delay(_longest, over.Token)) != work)
        {
            // The worker is not used again.
            _findings.Add("It hangs", Specimen);
            return;
        }

        await over.CancelAsync();
        List<Exception> failures = [.. caller.Errors];
        string end = "ended well";
        try
        {
            await work;
        }
        catch (Exception failure)
        {
            failures.Add(failure);
            end = (failure as ImapException)?.Id.ToString() ?? failure.GetType().Name;
        }

        foreach (Exception failure in failures) _findings.Expects(failure, Specimen);
        string told = string.Concat(caller.Words) + string.Concat(failures) + worker.TakeLog();
        if (Array.Exists(_secrets, secret => told.Contains(secret, StringComparison.Ordinal)))
        {
            _findings.Add("A secret is told", () => $"{told}\n{Specimen()}");
        }

        if (worker.TakeStrays() is { Count: > 0 } strays) _findings.Add("A file is elsewhere", () => $"{strays[0]}\n{Specimen()}");
        _findings.Count(one.Recording.Work + ": " + end);
        _workers.Add(worker);
    }

    /// <summary>A server, and the directories of its client.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly ReplayServer _server = ReplayServer.Start();
        private readonly SaveDirectory _directory = new();

        public string Log => Path.Combine(_directory.Root, "protocol.log");

        public async Task<int> WorkAsync(Replay replay, string work, Overheard caller, int retryCount, string? log, CancellationToken token)
        {
            _server.Play(replay);
            ImapPS.Sessions.ConnectionSettings settings = MailboxWork.Settings(_server.Port, "alice", MailboxWork.Password) with
            {
                RetryCount = retryCount,
                ProtocolLogPath = log,
            };
            string server = replay.Server;
            return await new MailboxWork(settings, caller, _directory.Path)
            {
                Prefix = server.StartsWith("Courier", StringComparison.Ordinal) ? "INBOX." : string.Empty,
                Delimiter = server.StartsWith("Courier", StringComparison.Ordinal) ? '.' : '/',
            }.RunAsync(work, token);
        }

        /// <summary>What stands in the log, which is empty afterwards.</summary>
        public string TakeLog()
        {
            if (!File.Exists(Log)) return string.Empty;

            string text = File.ReadAllText(Log);
            File.Delete(Log);
            return text;
        }

        public IReadOnlyList<string> TakeStrays() => _directory.TakeStrays();

        public void Dispose()
        {
            // What still runs ends with the process.
            _ = _server.DisposeAsync();
            _directory.Dispose();
        }
    }
}

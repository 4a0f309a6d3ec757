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
    private readonly ConcurrentBag<ReplayWorker> _workers = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Every_case_ends_well()
    {
        await ReplayCase.Any.SampleAsync(TryAsync, iter: Amount.Fuzz, threads: AtATime);
        foreach (ReplayWorker worker in _workers) await worker.DisposeAsync();
        _findings.Conclude();
    }

    private async Task TryAsync(ReplayCase one)
    {
        if (!_workers.TryTake(out ReplayWorker? worker)) worker = new ReplayWorker();
        var replay = new Replay(one.Recording, one.Change) { IsSilent = one.IsSilent };
        string Specimen() => $"{one}\n{string.Join('\n', replay.Transcript)}";
        var caller = new Overheard();
        string? log = one.IsLogged ? worker.Log : null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<int> work = Task.Run(
            () => worker.WorkAsync(replay, one.Recording.Work, caller, one.RetryCount, log, Cancellation), Cancellation);
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
}

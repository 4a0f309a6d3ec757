using ImapPS.Sandbox;

namespace ImapPS.Tests.Fuzzing;

/// <summary>What was recorded of real servers is what the module meets with them today.</summary>
public sealed class RecordingTests
{
    public static TheoryData<int> Recordings => [.. Enumerable.Range(0, Recorder.All.Count)];

    /// <summary>If not, the module says other things than it did, and they are to be recorded anew.</summary>
    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task What_was_recorded_is_answered_as_it_was(int number)
    {
        await using var worker = new ReplayWorker { TimeoutSeconds = 60 };
        var replay = new Replay(Recorder.All[number], _ => null);
        var caller = new Overheard();
        int count = await worker.WorkAsync(replay, Recorder.All[number].Work, caller, retryCount: 1, log: null,
            TestContext.Current.CancellationToken);
        Assert.True(count > 0, string.Join('\n', replay.Transcript));
        Assert.DoesNotContain(replay.Transcript, line => line.Contains("BAD Unknown command", StringComparison.Ordinal));
    }
}

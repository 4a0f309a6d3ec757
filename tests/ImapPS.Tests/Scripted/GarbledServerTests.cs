using ImapPS.Tests.Fuzzing;

namespace ImapPS.Tests.Scripted;

/// <summary>Recorded.</summary>
public sealed class GarbledServerTests
{
    private const int HeapMegabytes = 200;

    [Fact]
    public Task Nothing_hangs_and_nothing_is_unforeseen() => LimitedProcess.FuzzAsync(typeof(ReplayRun), HeapMegabytes);
}

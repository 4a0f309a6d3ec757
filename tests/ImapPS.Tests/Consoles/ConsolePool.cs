using System.Collections.Concurrent;
using ImapPS.Sandbox;
using ImapPS.Tests.Consoles;

[assembly: AssemblyFixture(typeof(ConsolePool))]

namespace ImapPS.Tests.Consoles;

/// <summary>Consoles by width. A start costs seconds, so that a test takes the one that another has left in order.</summary>
public sealed class ConsolePool : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, ConcurrentBag<ConsoleSession>> _idle = new();

    public async Task<ConsoleSession> TakeAsync(SandboxAccess access, int width, CancellationToken cancellationToken) =>
        _idle.TryGetValue(width, out ConcurrentBag<ConsoleSession>? consoles) && consoles.TryTake(out ConsoleSession? console)
            ? console
            : await ConsoleSession.StartAsync(access, cancellationToken, width);

    public void Return(ConsoleSession console) => _idle.GetOrAdd(console.Terminal.Width, _ => []).Add(console);

    public async ValueTask DisposeAsync()
    {
        foreach (ConsoleSession console in _idle.Values.SelectMany(consoles => consoles)) await console.DisposeAsync();
    }
}

using ImapPS.Sandbox;

namespace ImapPS.Tests.Servers;

/// <summary>All servers, each started once and run at the same time as the others.</summary>
public sealed class ServerRuns : IAsyncLifetime
{
    private Task<ServerRun>[] _runs = [];

    private static Func<CancellationToken, Task<IMailServer>>[] Servers =>
    [
        async token => await DovecotMailServer.StartAsync(token),
        async token => await CyrusServer.StartAsync(token),
        async token => await CourierServer.StartAsync(token),
        async token => await MailutilsServer.StartAsync(token),
        async token => await Smtp4devServer.StartAsync(token),
        _ => Task.FromResult<IMailServer>(OldServer.Start()),
    ];

    /// <summary>The runs, when all are over.</summary>
    public Task<ServerRun[]> AllAsync() => Task.WhenAll(_runs);

    public ValueTask InitializeAsync()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        _runs = [.. Servers.Select(start => Task.Run(() => ServerRun.OfAsync(start, cancellation), cancellation))];
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_runs.Select(run => run.ContinueWith(_ => { }, TaskScheduler.Default)));
}

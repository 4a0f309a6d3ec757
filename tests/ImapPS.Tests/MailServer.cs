using ImapPS.Sandbox;

namespace ImapPS.Tests;

/// <summary>The Dovecot that all tests share; each has its own user on it.</summary>
public sealed class MailServer : IAsyncLifetime
{
    private DovecotServer? _server;

    public MailServer()
    {
    }

    /// <summary>One that is running already, and that somebody else ends.</summary>
    internal MailServer(DovecotServer running) => _server = running;

    public DovecotServer Dovecot => _server ?? throw new InvalidOperationException("Dovecot has not been started.");

    public async ValueTask InitializeAsync() =>
        _server = await DovecotServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}

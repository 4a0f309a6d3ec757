using ImapPS.Sandbox;

namespace ImapPS.Tests.Administration;

/// <summary>A Dovecot with the mechanisms for which imaplib has functions.</summary>
public sealed class ImaplibServer : IAsyncLifetime
{
    private DovecotServer? _server;

    public DovecotServer Dovecot => _server ?? throw new InvalidOperationException("Dovecot has not been started.");

    public async ValueTask InitializeAsync() =>
        _server = await DovecotServer.StartAsync(new DovecotOptions { AuthenticationMechanisms = ["plain", "login", "cram-md5"] },
            TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}

using ImapPS.Sandbox;

namespace ImapPS.Tests.Administration;

/// <summary>A Cyrus with an administrator.</summary>
public sealed class CyrusFixture : IAsyncLifetime
{
    private CyrusServer? _server;
    private MailLogin? _administrator;

    public CyrusServer Server => _server ?? throw new InvalidOperationException("Cyrus has not been started.");

    public MailLogin Administrator => _administrator ?? throw new InvalidOperationException("Cyrus has not been started.");

    public async ValueTask InitializeAsync()
    {
        _server = await CyrusServer.StartAsync(TestContext.Current.CancellationToken);
        _administrator = await _server.AddAdministratorAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}

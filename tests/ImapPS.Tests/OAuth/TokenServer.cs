using ImapPS.Sandbox;

namespace ImapPS.Tests.OAuth;

/// <summary>An authorization server and a Dovecot that asks it about tokens, for the tests of one class.</summary>
public sealed class TokenServer : IAsyncLifetime
{
    private AuthorizationServer? _issuer;
    private DovecotServer? _dovecot;

    public AuthorizationServer Issuer => _issuer ?? throw new InvalidOperationException("The authorization server has not been started.");

    public DovecotServer Dovecot => _dovecot ?? throw new InvalidOperationException("Dovecot has not been started.");

    public async ValueTask InitializeAsync()
    {
        _issuer = await AuthorizationServer.StartAsync(TestContext.Current.CancellationToken);
        _dovecot = await DovecotServer.StartAsync(_issuer.DovecotOptions, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_dovecot is not null) await _dovecot.DisposeAsync();
        if (_issuer is not null) await _issuer.DisposeAsync();
    }
}

using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.OAuth;

/// <summary>
/// Tokens that an authorization server issues: the first after a login, the others for the refresh token that came with it.
/// </summary>
internal sealed class FlowTokens : TokenSource
{
    private readonly TokenRequest _request;
    private readonly Issuer _issuer;

    /// <param name="request">How to get a token.</param>
    /// <param name="first">A token that is there already; null for none.</param>
    public FlowTokens(TokenRequest request, Token? first = null)
    {
        _request = request;
        _issuer = new Issuer(request);
        if (first is not null) Begin(first);
    }

    /// <summary>How long one request to the issuer may take: the last command that takes tokens from here says it.</summary>
    public int TimeoutSeconds
    {
        set => _issuer.TimeoutSeconds = value;
    }

    protected override bool CanRenew => _request.IsForApplication || RefreshToken is not null;

    private string? RefreshToken => Current?.RefreshToken ?? _request.RefreshToken;

    /// <summary>What Get-ImapAccessToken emits for a token of this source.</summary>
    public ImapAccessToken Describe(Token token) => new(token, _request.Provider.Issuer, _request.ClientId, this);

    protected override async Task<Token> FetchAsync(Token? last, IPipelineCaller caller, CancellationToken cancellationToken)
    {
        caller.Verbose($"Asking '{_request.Provider.Host}' for an access token.");
        await _issuer.DiscoverAsync(cancellationToken).ConfigureAwait(false);
        Token token = _request.IsForApplication ? await _issuer.ForApplicationAsync(cancellationToken).ConfigureAwait(false)
            : RefreshToken is { } refresh ? await _issuer.RefreshAsync(refresh, last, cancellationToken).ConfigureAwait(false)
            : _request.UsesDeviceCode
                ? await new DeviceFlow(_request, _issuer).RunAsync(caller, cancellationToken).ConfigureAwait(false)
            : await new BrowserFlow(_request, _issuer).RunAsync(caller, cancellationToken).ConfigureAwait(false);
        caller.Verbose(string.Format(CultureInfo.InvariantCulture, "'{0}' issued an access token{1}, {2} a refresh token.",
            _request.Provider.Host,
            token.ExpiresOn is { } end ? string.Format(CultureInfo.InvariantCulture, " until {0:u}", end) : string.Empty,
            token.RefreshToken is null ? "without" : "with"));
        return token;
    }
}

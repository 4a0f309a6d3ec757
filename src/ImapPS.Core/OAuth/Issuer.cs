using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Duende.IdentityModel.Client;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Transfers;

namespace ImapPS.OAuth;

/// <summary>What an authorization server is asked, and what its answers mean. Duende.IdentityModel speaks the protocol.</summary>
/// <param name="request">Who asks, and how.</param>
internal sealed class Issuer(TokenRequest request)
{
    /// <summary>A SecureString holds no more.</summary>
    private const int LongestToken = 65_536;

    /// <summary>Some years, in seconds.</summary>
    private const double LongestTime = int.MaxValue;

    private static readonly Lazy<HttpClient> _http = new(Create);

    private DiscoveryDocumentResponse? _document;

    /// <summary>How long one request may take.</summary>
    public int TimeoutSeconds { get; set; } = request.TimeoutSeconds;

    private string Host => request.Provider.Host;

    /// <summary>The page for the login.</summary>
    public string AuthorizeEndpoint => Endpoint(_document!.AuthorizeEndpoint, "authorization");

    private string TokenEndpoint => Endpoint(_document!.TokenEndpoint, "token");

    /// <summary>True for its own name. The documents of those that are known name no issuer that could be compared.</summary>
    public bool IsItself(string name) =>
        request.Provider.IsKnown || _document!.Issuer is not { } own || own.TrimEnd('/') == name.TrimEnd('/');

    /// <summary>Asks where the issuer has what, once.</summary>
    public async Task DiscoverAsync(CancellationToken cancellationToken)
    {
        if (_document is not null) return;

        using var discovery = new DiscoveryDocumentRequest
        {
            Address = request.Provider.Issuer,
            Policy =
            {
                // The documents of Microsoft and Google name other issuers and hosts than the one they are found at.
                ValidateIssuerName = !request.Provider.IsKnown,
                ValidateEndpoints = false,
                RequireKeySet = false,
            },
        };
        DiscoveryDocumentResponse document = await AskAsync(
            stop => _http.Value.GetDiscoveryDocumentAsync(discovery, stop), cancellationToken).ConfigureAwait(false);
        if (document.IsError)
        {
            throw document.Exception is InvalidDataException useless
                    ? Failures.NoIssuer(request.Provider.Issuer, $"it answered with {useless.Message}.")
                : document.Exception is HttpRequestException lost ? Failures.IssuerUnreachable(Host, lost)
                : (int)document.HttpStatusCode >= 500 ? Failures.IssuerBusy(Host, Status(document))
                : Failures.NoIssuer(request.Provider.Issuer, HttpReason.Redact(document.Error ?? Status(document)));
        }

        _document = document;
    }

    public async Task<Token> RedeemAsync(string code, string verifier, string redirect, CancellationToken cancellationToken)
    {
        using var redeeming = Identified(
            new AuthorizationCodeTokenRequest { Code = code, CodeVerifier = verifier, RedirectUri = redirect });
        return Token(await AskAsync(stop => _http.Value.RequestAuthorizationCodeTokenAsync(redeeming, stop), cancellationToken)
            .ConfigureAwait(false), last: null, code, verifier);
    }

    public async Task<Token> ForApplicationAsync(CancellationToken cancellationToken)
    {
        using var asking = Identified(new ClientCredentialsTokenRequest { Scope = request.AskedScope });
        return Token(await AskAsync(stop => _http.Value.RequestClientCredentialsTokenAsync(asking, stop), cancellationToken)
            .ConfigureAwait(false), last: null);
    }

    public async Task<Token> RefreshAsync(string refreshToken, Token? last, CancellationToken cancellationToken)
    {
        // No scope: what was granted (RFC 6749, 6).
        using var refreshing = Identified(new RefreshTokenRequest { RefreshToken = refreshToken, Scope = request.Scope });
        Token token = Token(await AskAsync(stop => _http.Value.RequestRefreshTokenAsync(refreshing, stop), cancellationToken)
            .ConfigureAwait(false), last, refreshToken);

        // Some issuers rotate it; with the others it stays good (RFC 6749, 6).
        return token.RefreshToken is null ? token.With(refreshToken) : token;
    }

    public async Task<DeviceAuthorizationResponse> BeginDeviceAsync(CancellationToken cancellationToken)
    {
        string endpoint = Endpoint(_document!.DeviceAuthorizationEndpoint, "device authorization");
        using var asking = Identified(new DeviceAuthorizationRequest { Scope = request.AskedScope }, endpoint);
        DeviceAuthorizationResponse answer = await AskAsync(
            stop => _http.Value.RequestDeviceAuthorizationAsync(asking, stop), cancellationToken).ConfigureAwait(false);
        if (answer.IsError) throw Refused(answer, answer.ErrorDescription);

        bool isPage = Uri.TryCreate(answer.VerificationUri, UriKind.Absolute, out Uri? page)
            && (page.Scheme == Uri.UriSchemeHttps || page.Scheme == Uri.UriSchemeHttp);
        return isPage && !string.IsNullOrEmpty(answer.UserCode) && !string.IsNullOrEmpty(answer.DeviceCode) ? answer
            : throw Failures.AnswerUseless(Host, "no code for a device, or no address for it");
    }

    /// <summary>Asks whether the user has logged in. Null for not yet; then with what pause to go on, if it is another.</summary>
    public async Task<(Token? Token, bool IsTooFast)> PollDeviceAsync(string deviceCode, CancellationToken cancellationToken)
    {
        using var asking = Identified(new DeviceTokenRequest { DeviceCode = deviceCode });
        TokenResponse answer = await AskAsync(
            stop => _http.Value.RequestDeviceTokenAsync(asking, stop), cancellationToken).ConfigureAwait(false);
        return answer.Error switch
        {
            "authorization_pending" => (null, false),
            "slow_down" => (null, true),
            _ => (Token(answer, last: null, deviceCode), false),
        };
    }

    private static HttpClient Create() => new(new AnswerHandler(WebAccess.CreateHandler())) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends one request. It ends in time, however slowly the answer comes.</summary>
    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
        where T : ProtocolResponse
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(TimeoutSeconds));
        try
        {
            T answer = await send(limit.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return answer.Exception is OperationCanceledException late ? throw Failures.IssuerTimeout(Host, TimeoutSeconds, late) : answer;
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failures.IssuerTimeout(Host, TimeoutSeconds, late);
        }
    }

    private T Identified<T>(T message, string? endpoint = null)
        where T : ProtocolRequest
    {
        message.Address = endpoint ?? TokenEndpoint;
        message.ClientId = request.ClientId;
        message.ClientSecret = request.ClientSecret;

        // In the form, as all of them take it; RFC 6749, 2.3.1, wants it of none.
        message.ClientCredentialStyle = ClientCredentialStyle.PostBody;
        if (request.Certificate is { } certificate) message.ClientAssertion = Proof(certificate);
        return message;
    }

    /// <summary>
    /// Microsoft takes what RFC 7523 says. For others it is meant for the issuer, and says its kind (draft-ietf-oauth-rfc7523bis).
    /// </summary>
    private ClientAssertion Proof(X509Certificate2 certificate) => request.Provider.IsKnown
        ? ClientProof.Create(certificate, request.ClientId, TokenEndpoint, "JWT")
        : ClientProof.Create(certificate, request.ClientId, _document!.Issuer ?? TokenEndpoint, "client-authentication+jwt");

    private Token Token(TokenResponse answer, Token? last, params string[] sent)
    {
        if (answer.IsError) throw Refused(answer, answer.ErrorDescription, sent);
        if (string.IsNullOrEmpty(answer.AccessToken)) throw Failures.NoToken(Host);
        if (answer.AccessToken!.Length > LongestToken || answer.RefreshToken?.Length > LongestToken)
        {
            throw Failures.AnswerUseless(Host, $"a token of more than {DisplayText.Count(LongestToken, "character")}");
        }

        var bare = new Token(answer.AccessToken!);
        return new Token(answer.AccessToken!)
        {
            RefreshToken = answer.RefreshToken,
            ExpiresOn = Seconds(answer, "expires_in") is { } life ? DateTimeOffset.UtcNow.AddSeconds(life) : bare.ExpiresOn,
            Scope = answer.Scope ?? last?.Scope ?? request.AskedScope,
            UserName = request.UserName
                ?? (request.IsForApplication ? null : NameIn(answer.IdentityToken) ?? bare.UserName ?? last?.UserName),
        };
    }

    /// <summary>A time in an answer; null when it is none that could be waited for. Some issuers send it as text.</summary>
    public static double? Seconds(ProtocolResponse answer, string name) =>
        double.TryParse(answer.TryGet(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds > 0
            ? Math.Min(seconds, LongestTime) : null;

    private static string Status(ProtocolResponse answer) =>
        string.Format(CultureInfo.InvariantCulture, "HTTP {0} {1}", (int)answer.HttpStatusCode, answer.HttpErrorReason).TrimEnd();

    private static string? NameIn(string? identityToken) => identityToken is null ? null : TokenClaims.Read(identityToken)?.UserName;

    /// <summary>What went wrong, without what was sent: some issuers repeat it.</summary>
    private ImapException Refused(ProtocolResponse answer, string? description, params string[] sent)
    {
        if (answer.ErrorType == ResponseErrorType.Exception)
        {
            return answer.Exception is InvalidDataException useless ? Failures.AnswerUseless(Host, useless.Message)
                : Failures.IssuerUnreachable(Host, answer.Exception!);
        }

        string status = Status(answer);
        IEnumerable<string> secrets = sent.Concat([request.ClientSecret, request.RefreshToken]).OfType<string>()
            .Where(secret => secret.Length > 0).SelectMany(secret => new[] { secret, Uri.EscapeDataString(secret) });
        string words = Without(secrets, description ?? string.Empty);

        // Of a status other than 400 the library takes no error code, but invalid_client comes with 401 (RFC 6749, 5.2).
        string? error = answer.TryGet("error");
        bool isLater = error is "temporarily_unavailable" or "server_error"
            || answer.HttpStatusCode is (HttpStatusCode)429 or >= HttpStatusCode.InternalServerError;
        return isLater ? Failures.IssuerBusy(Host, words.Length > 0 ? words : status)
            : Failures.IssuerRefused(Host, request.UserName, error is null ? status : Without(secrets, error), words);
    }

    private static string Without(IEnumerable<string> secrets, string text) =>
        secrets.Aggregate(text, (rest, secret) => rest.Replace(secret, "***"));

    /// <summary>An address from the issuer's document. Secrets go nowhere but over TLS, or to this computer.</summary>
    private string Endpoint(string? address, string name)
    {
        if (string.IsNullOrEmpty(address)) throw Failures.NoEndpoint(Host, name);

        return Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback)
            ? address! : throw Failures.UnsafeEndpoint(Host, name);
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Claims;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Results = Microsoft.AspNetCore.Http.Results;

namespace ImapPS.Sandbox;

/// <summary>
/// An authorization server of one's own (OpenIddict), on loopback: authorization code with PKCE, device code, client credentials, refresh
/// with rotation, introspection and revocation. Nobody has to type anything there: whoever asks is <see cref="User"/>, and consents.
/// </summary>
public sealed class AuthorizationServer : IAsyncDisposable
{
    /// <summary>The name under which a mail server introspects tokens; its secret is <see cref="ClientSecret"/> too.</summary>
    public const string MailServer = "mailserver";

    /// <summary>A client without a secret, as a program on a desktop is.</summary>
    public const string PublicClient = "imapps";

    /// <summary>A client with a secret and a certificate, as a job is.</summary>
    public const string ConfidentialClient = "job";

    /// <summary>What a client has to ask for.</summary>
    public const string Scope = "mail";

    private const string Form = "<!DOCTYPE html><title>Log in</title><form method=\"post\">The code: <input name=\"user_code\"> "
        + "<button>Log in</button></form>";

    private static readonly string[] _userClaims = [Claims.Subject, Claims.Name, Claims.PreferredUsername];

    private readonly WebApplication _application;
    private readonly string _introspection = Path.Combine(Path.GetTempPath(), $"imapps-introspection-{Guid.NewGuid():N}");
    private readonly ConcurrentQueue<string> _requests = new();

    private AuthorizationServer(WebApplication application) => _application = application;

    /// <summary>The issuer's address: http://127.0.0.1:port/.</summary>
    public string Issuer => _application.Urls.First() + "/";

    /// <summary>Who logs in, whatever client asks.</summary>
    public string User { get; set; } = "alice";

    /// <summary>The secret of the clients that have one.</summary>
    public string ClientSecret { get; } = "client-secret-" + Guid.NewGuid().ToString("N");

    /// <summary>The certificate of <see cref="ConfidentialClient"/>.</summary>
    public ClientCertificate Certificate { get; } = ClientCertificate.Create();

    /// <summary>How long an access token is good.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>True when the user says no.</summary>
    public bool Denies { get; set; }

    /// <summary>True when a device code is approved as soon as it is issued; false for <see cref="ApproveAsync"/>.</summary>
    public bool ApprovesDevices { get; set; } = true;

    /// <summary>The code that was shown last for a device; null before.</summary>
    public string? LastUserCode { get; internal set; }

    /// <summary>Requests to the token endpoint so far, by their grant type.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>All tokens and codes that were issued so far: what must be seen nowhere.</summary>
    public ConcurrentBag<string> Secrets { get; } = [];

    public static async Task<AuthorizationServer> StartAsync(CancellationToken cancellationToken = default)
    {
        WebApplication application = AuthorizationHost.Build(out AuthorizationServerReference reference);
        var server = new AuthorizationServer(application);
        reference.Server = server;
        server.Map();
        await application.StartAsync(cancellationToken);
        await AuthorizationClients.RegisterAsync(server, application.Services, cancellationToken);
        return server;
    }

    /// <summary>Approves a device code, as its user does.</summary>
    public async Task ApproveAsync(string userCode, CancellationToken cancellationToken = default)
    {
        using var client = new System.Net.Http.HttpClient();
        using var form = new System.Net.Http.FormUrlEncodedContent([KeyValuePair.Create("user_code", userCode)]);
        var answer = await client.PostAsync(new Uri(Issuer + "connect/verify"), form, cancellationToken);
        if (Denies || answer.IsSuccessStatusCode) return;

        throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Revokes every token that was issued: nothing is accepted or renewed any more.</summary>
    public async Task RevokeAllAsync(CancellationToken cancellationToken = default)
    {
        await using AsyncServiceScope scope = _application.Services.CreateAsyncScope();
        IOpenIddictTokenManager tokens = scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>();
        List<object> all = [];
        await foreach (object token in tokens.ListAsync(cancellationToken: cancellationToken)) all.Add(token);
        foreach (object token in all) await tokens.TryRevokeAsync(token, cancellationToken);
    }

    /// <summary>What makes a Dovecot ask this server about tokens.</summary>
    public DovecotOptions DovecotOptions
    {
        get
        {
            string identified = Issuer.Replace("http://", $"http://{MailServer}:{ClientSecret}@", StringComparison.Ordinal);
            File.WriteAllText(
                _introspection,
                $"""
                introspection_mode = post
                introspection_url = {identified}connect/introspect
                username_attribute = sub
                active_attribute = active
                active_value = true

                """);
            return new DovecotOptions
            {
                AuthenticationMechanisms = ["plain", "oauthbearer", "xoauth2"],
                ExtraConfiguration =
                    ["passdb {", "  driver = oauth2", "  mechanisms = oauthbearer xoauth2", $"  args = {_introspection}", "}"],
            };
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        Certificate.Dispose();
        File.Delete(_introspection);
    }

    internal void Note(string grant) => _requests.Enqueue(grant);

    // As delegates of their own type: as a RequestDelegate, which fits too, a handler's result would be thrown away.
    private void Map()
    {
        _application.MapMethods("/connect/authorize", [HttpMethods.Get, HttpMethods.Post], Authorize);
        _application.MapMethods("/connect/verify", [HttpMethods.Get, HttpMethods.Post], (Func<HttpContext, Task<IResult>>)VerifyAsync);
        _application.MapPost("/connect/token", (Func<HttpContext, Task<IResult>>)TokenAsync);
        _application.MapGet("/", () => "An authorization server for tests.");
    }

    private IResult Authorize() => Denies ? Refusal(Errors.AccessDenied) : SignIn(Principal(Scope, Scopes.OfflineAccess, Scopes.OpenId));

    private async Task<IResult> VerifyAsync(HttpContext context)
    {
        OpenIddictRequest request = context.GetOpenIddictServerRequest()!;
        if (string.IsNullOrEmpty(request.UserCode)) return Results.Content(Form, "text/html");
        if (Denies) return Refusal(Errors.AccessDenied);

        AuthenticateResult known = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return known.Succeeded ? SignIn(Principal(Scope, Scopes.OfflineAccess, Scopes.OpenId)) : Results.Content(Form, "text/html");
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        OpenIddictRequest request = context.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType()) return SignIn(Principal(Scope));

        AuthenticateResult known = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (known.Principal is not { } principal) return Refusal(Errors.InvalidGrant);

        principal.SetAccessTokenLifetime(AccessTokenLifetime);
        return SignIn(principal);
    }

    private ClaimsPrincipal Principal(params string[] scopes)
    {
        var identity = new ClaimsIdentity("sandbox", Claims.Name, Claims.Role);
        foreach (string claim in _userClaims) identity.SetClaim(claim, User);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        principal.SetResources(MailServer);
        principal.SetAccessTokenLifetime(AccessTokenLifetime);
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return principal;
    }

    private static IResult SignIn(ClaimsPrincipal principal) =>
        Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    private static IResult Refusal(string error) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "The user said no.",
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}

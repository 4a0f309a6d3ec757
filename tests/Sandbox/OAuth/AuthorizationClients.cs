using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ImapPS.Sandbox;

/// <summary>The clients that the authorization server knows.</summary>
internal static class AuthorizationClients
{
    public static async Task RegisterAsync(AuthorizationServer server, IServiceProvider services, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        IOpenIddictApplicationManager applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var key = new X509SecurityKey(server.Certificate.Public);
        await applications.CreateAsync(
            new OpenIddictApplicationDescriptor
            {
                ClientId = AuthorizationServer.MailServer,
                ClientSecret = server.ClientSecret,
                Permissions = { Permissions.Endpoints.Introspection },
            },
            cancellationToken);
        await applications.CreateAsync(
            new OpenIddictApplicationDescriptor
            {
                ClientId = AuthorizationServer.PublicClient,
                ApplicationType = ApplicationTypes.Native,
                ClientType = ClientTypes.Public,
                RedirectUris = { new Uri("http://127.0.0.1/"), new Uri("http://localhost/") },
                Permissions =
                {
                    Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.DeviceAuthorization,
                    Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.DeviceCode, Permissions.GrantTypes.RefreshToken,
                    Permissions.ResponseTypes.Code, Permissions.Prefixes.Scope + AuthorizationServer.Scope,
                },
            },
            cancellationToken);
        await applications.CreateAsync(
            new OpenIddictApplicationDescriptor
            {
                ClientId = AuthorizationServer.ConfidentialClient,
                ClientSecret = server.ClientSecret,
                ClientType = ClientTypes.Confidential,
                JsonWebKeySet = new JsonWebKeySet
                {
                    Keys = { JsonWebKeyConverter.ConvertFromX509SecurityKey(key, representAsRsaKey: true) },
                },
                Permissions =
                {
                    Permissions.Endpoints.Token, Permissions.Endpoints.DeviceAuthorization, Permissions.GrantTypes.ClientCredentials,
                    Permissions.GrantTypes.RefreshToken, Permissions.GrantTypes.DeviceCode,
                    Permissions.Prefixes.Scope + AuthorizationServer.Scope,
                },
            },
            cancellationToken);
    }
}

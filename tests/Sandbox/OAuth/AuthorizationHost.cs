using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ImapPS.Sandbox;

/// <summary>What the host's handlers report to, once it is there.</summary>
internal sealed class AuthorizationServerReference
{
    public AuthorizationServer? Server { get; set; }
}

/// <summary>The web application around OpenIddict: which flows there are, where, and what is kept of them.</summary>
internal static class AuthorizationHost
{
    public static WebApplication Build(out AuthorizationServerReference reference)
    {
        var server = new AuthorizationServerReference();
        reference = server;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(server);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        string database = Guid.NewGuid().ToString("N");
        builder.Services.AddDbContext<DbContext>(options => options.UseInMemoryDatabase(database).UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(options => options.UseEntityFrameworkCore().UseDbContext<DbContext>().DisableBulkOperations())
            .AddServer(options => Configure(options, server));

        WebApplication application = builder.Build();
        application.Use(TellFailureAsync);
        application.UseRouting();
        application.UseAuthentication();
        return application;
    }

    /// <summary>A fault of this server's own is to be read where it is met with.</summary>
    private static async Task TellFailureAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync(fault.ToString());
        }
    }

    private static void Configure(OpenIddictServerBuilder options, AuthorizationServerReference reference)
    {
        options.SetAuthorizationEndpointUris("connect/authorize")
            .SetTokenEndpointUris("connect/token")
            .SetDeviceAuthorizationEndpointUris("connect/device")
            .SetEndUserVerificationEndpointUris("connect/verify")
            .SetIntrospectionEndpointUris("connect/introspect")
            .SetRevocationEndpointUris("connect/revoke")
            .AllowAuthorizationCodeFlow()
            .RequireProofKeyForCodeExchange()
            .AllowDeviceAuthorizationFlow()
            .AllowClientCredentialsFlow()
            .AllowRefreshTokenFlow()
            .RegisterScopes(AuthorizationServer.Scope, OpenIddictConstants.Scopes.OfflineAccess)
            .SetRefreshTokenReuseLeeway(TimeSpan.Zero)
            .AddEphemeralEncryptionKey()
            .AddEphemeralSigningKey()
            .DisableAccessTokenEncryption();
        options.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough()
            .EnableEndUserVerificationEndpointPassthrough()
            .DisableTransportSecurityRequirement();

        options.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            reference.Server!.Note(context.Request.GrantType ?? string.Empty);
            return default;
        }).SetOrder(int.MinValue));
        options.AddEventHandler<ApplyTokenResponseContext>(handler => handler.UseInlineHandler(context =>
        {
            Keep(reference, context.Response.AccessToken);
            Keep(reference, context.Response.RefreshToken);
            Keep(reference, context.Response.IdToken);
            return default;
        }).SetOrder(0));
        options.AddEventHandler<ApplyAuthorizationResponseContext>(handler => handler.UseInlineHandler(context =>
        {
            Keep(reference, context.Response.Code);
            return default;
        }).SetOrder(0));
        options.AddEventHandler<ApplyDeviceAuthorizationResponseContext>(handler => handler.UseInlineHandler(async context =>
        {
            Keep(reference, context.Response.DeviceCode);
            context.Response["interval"] = 1;
            reference.Server!.LastUserCode = context.Response.UserCode;
            if (reference.Server!.ApprovesDevices && context.Response.UserCode is { } code) await ApproveAsync(reference.Server, code);
        }).SetOrder(0));
    }

    private static async Task ApproveAsync(AuthorizationServer server, string code) => await server.ApproveAsync(code);

    private static void Keep(AuthorizationServerReference reference, string? secret)
    {
        if (!string.IsNullOrEmpty(secret)) reference.Server!.Secrets.Add(secret);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Errors;

namespace ImapPS.OAuth;

/// <summary>What has to be known of an issuer of tokens before it is asked.</summary>
/// <param name="Name">The name by which it is chosen; for one that is not known, its address.</param>
/// <param name="Issuer">Its address (RFC 8414, OpenID Connect Discovery).</param>
internal sealed record Provider(string Name, string Issuer)
{
    private const string AnyTenant = "organizations";

    private static readonly Provider[] _known =
    [
        new("Microsoft365", "https://login.microsoftonline.com/" + AnyTenant + "/v2.0")
        {
            // Where it lets the port be any, it wants the name.
            LoopbackHost = "localhost",
            Server = "outlook.office365.com",
            Scope = "https://outlook.office365.com/IMAP.AccessAsUser.All offline_access openid profile",
            ApplicationScope = "https://outlook.office365.com/.default",
            HasTenants = true,
            IsKnown = true,
        },
        new("Google", "https://accounts.google.com")
        {
            Server = "imap.gmail.com",
            Scope = "https://mail.google.com/ openid email",
            DeviceObstacle = "Google does not allow the scope of mail in the device code flow.",
            SecretGoesAlong = true,
            Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["access_type"] = "offline", ["prompt"] = "consent" },
            IsKnown = true,
        },
        new("Yahoo", "https://api.login.yahoo.com")
        {
            Server = "imap.mail.yahoo.com",
            Scope = "mail-w openid email",
            DeviceObstacle = "Yahoo has no device code flow.",
            SecretGoesAlong = true,
            IsKnown = true,
        },
    ];

    public static IEnumerable<string> Names => _known.Select(provider => provider.Name);

    /// <summary>The name of this computer in the address that the browser is sent back to (RFC 8252, 7.3).</summary>
    public string LoopbackHost { get; init; } = "127.0.0.1";

    /// <summary>The mail server that takes its tokens; null when that is not known.</summary>
    public string? Server { get; init; }

    /// <summary>What to ask for in the name of a user.</summary>
    public string Scope { get; init; } = "offline_access openid";

    /// <summary>What to ask for in the name of an application; null for nothing.</summary>
    public string? ApplicationScope { get; init; }

    /// <summary>Why a device code is of no use here; null when it is.</summary>
    public string? DeviceObstacle { get; init; }

    /// <summary>True when the secret is for programs on a desktop as well, which prove with it that they are registered.</summary>
    public bool SecretGoesAlong { get; init; }

    /// <summary>What its page for the login wants to be told as well.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public bool HasTenants { get; init; }

    /// <summary>True for those whose own documents may name other hosts and issuers.</summary>
    public bool IsKnown { get; init; }

    /// <summary>True when no tenant was named.</summary>
    public bool IsAnyTenant => HasTenants && Issuer.Contains("/" + AnyTenant + "/");

    /// <summary>The host, as messages name it.</summary>
    public string Host => new Uri(Issuer).Host;

    /// <summary>The provider of that name, or the issuer at that address.</summary>
    public static Provider Find(string name, string? tenant)
    {
        Provider provider = Named(name) ?? At(name);
        if (tenant is null) return provider;
        if (!provider.HasTenants) throw Failures.TenantNotUsed(provider.Name);
        if (tenant.Length == 0 || Uri.EscapeDataString(tenant) != tenant) throw Failures.TenantInvalid(tenant);

        return provider with { Issuer = provider.Issuer.Replace("/" + AnyTenant + "/", $"/{tenant}/") };
    }

    /// <summary>The mail server of a provider, if it is one that is known.</summary>
    public static string? ServerOf(string? name) => name is null ? null : Named(name)?.Server;

    private static Provider? Named(string name) =>
        Array.Find(_known, provider => string.Equals(provider.Name, name, StringComparison.OrdinalIgnoreCase));

    private static Provider At(string address)
    {
        // Whatever comes before it may be a password, also in what is no URL. No word of it is repeated.
        if (address.IndexOf('@') >= 0) throw Failures.CredentialInIssuer();

        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? url) || url.Host.Length == 0
            || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            throw Failures.IssuerInvalid(address, Names);
        }

        if (Array.Find(_known, known => known.Issuer == address.TrimEnd('/')) is { } same) return same;

        bool isMicrosoft = string.Equals(url.Host, "login.microsoftonline.com", StringComparison.OrdinalIgnoreCase);
        return new Provider(address, address) { IsKnown = isMicrosoft, LoopbackHost = isMicrosoft ? "localhost" : "127.0.0.1" };
    }
}

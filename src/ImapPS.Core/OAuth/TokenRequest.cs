using System.Security.Cryptography.X509Certificates;

namespace ImapPS.OAuth;

/// <summary>How a token is to be got. A class, not a record: nothing prints what it holds.</summary>
/// <param name="provider">Who issues it.</param>
/// <param name="clientId">Which program asks for it.</param>
internal sealed class TokenRequest(Provider provider, string clientId)
{
    public Provider Provider { get; } = provider;

    public string ClientId { get; } = clientId;

    /// <summary>What is asked for; null for what the provider wants.</summary>
    public string? Scope { get; init; }

    /// <summary>The mailbox, if it is named.</summary>
    public string? UserName { get; init; }

    public bool UsesDeviceCode { get; init; }

    public string? ClientSecret { get; init; }

    public X509Certificate2? Certificate { get; init; }

    public string? RefreshToken { get; init; }

    /// <summary>How long one request to the issuer may take.</summary>
    public int TimeoutSeconds { get; init; } = 60;

    /// <summary>True when the program asks in its own name, without a user.</summary>
    public bool IsForApplication => !UsesDeviceCode && RefreshToken is null && !Provider.SecretGoesAlong
        && (ClientSecret is not null || Certificate is not null);

    public string? AskedScope => Scope ?? (IsForApplication ? Provider.ApplicationScope : Provider.Scope);
}

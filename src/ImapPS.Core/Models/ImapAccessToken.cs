using System;
using System.Net;
using System.Security;
using ImapPS.OAuth;

namespace ImapPS.Models;

/// <summary>An access token (RFC 6749) that Get-ImapAccessToken got, for Connect-Imap. The module stores it nowhere.</summary>
public sealed class ImapAccessToken
{
    internal ImapAccessToken(Token token, string issuer, string clientId, TokenSource source)
    {
        AccessToken = Secret(token.Value);
        RefreshToken = token.RefreshToken is { } refresh ? Secret(refresh) : null;
        ExpiresOn = token.ExpiresOn;
        Scope = token.Scope;
        UserName = token.UserName;
        Issuer = issuer;
        ClientId = clientId;
        Source = source;
    }

    /// <summary>The user that the token is for; null when that is not known.</summary>
    public string? UserName { get; }

    /// <summary>When the access token expires; null when that is not known.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>What the token allows, as the issuer names it.</summary>
    public string? Scope { get; }

    /// <summary>The address of the authorization server that issued it.</summary>
    public string Issuer { get; }

    /// <summary>The program that it was issued to.</summary>
    public string ClientId { get; }

    /// <summary>The access token.</summary>
    public SecureString AccessToken { get; }

    /// <summary>The refresh token, with which a session renews the access token; null when there is none.</summary>
    public SecureString? RefreshToken { get; }

    /// <summary>Where it came from: sessions of this process renew it together, since a refresh token may be good for one use.</summary>
    internal TokenSource Source { get; }

    /// <inheritdoc/>
    public override string ToString() => UserName ?? ClientId;

    private static SecureString Secret(string text)
    {
        SecureString secret = new NetworkCredential(string.Empty, text).SecurePassword;
        secret.MakeReadOnly();
        return secret;
    }
}

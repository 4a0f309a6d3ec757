using System;
using System.Net;
using System.Security;
using ImapPS.OAuth;

namespace ImapPS.Models;

/// <summary>
/// An access token (RFC 6749) that Get-ImapAccessToken got, for Connect-Imap. The module stores it nowhere. When a session of this process
/// renews it, the object shows the new one.
/// </summary>
public sealed class ImapAccessToken
{
    private readonly Token _first;

    internal ImapAccessToken(Token token, string issuer, string clientId, TokenSource source)
    {
        _first = token;
        Issuer = issuer;
        ClientId = clientId;
        Source = source;
    }

    /// <summary>The user that the token is for; null when that is not known.</summary>
    public string? UserName => Last.UserName;

    /// <summary>When the access token expires; null when that is not known.</summary>
    public DateTimeOffset? ExpiresOn => Last.ExpiresOn;

    /// <summary>What the token allows, as the issuer names it.</summary>
    public string? Scope => Last.Scope;

    /// <summary>The address of the authorization server that issued it.</summary>
    public string Issuer { get; }

    /// <summary>The program that it was issued to.</summary>
    public string ClientId { get; }

    /// <summary>The access token.</summary>
    public SecureString AccessToken => Secret(Last.Value);

    /// <summary>
    /// The refresh token, with which a session renews the access token; null when there is none. An issuer that rotates refresh tokens
    /// sends another one with each renewal, and the one before is dead.
    /// </summary>
    public SecureString? RefreshToken => Last.RefreshToken is { } refresh ? Secret(refresh) : null;

    /// <summary>Where it came from: sessions of this process renew it together, since a refresh token may be good for one use.</summary>
    internal TokenSource Source { get; }

    private Token Last => Source.Current ?? _first;

    /// <inheritdoc/>
    public override string ToString() => UserName ?? ClientId;

    private static SecureString Secret(string text)
    {
        SecureString secret = new NetworkCredential(string.Empty, text).SecurePassword;
        secret.MakeReadOnly();
        return secret;
    }
}

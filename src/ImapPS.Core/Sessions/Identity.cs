using System.Net;
using ImapPS.OAuth;

namespace ImapPS.Sessions;

/// <summary>Who logs in, and what proves it.</summary>
/// <param name="UserName">The user name.</param>
internal sealed record Identity(string UserName)
{
    /// <summary>The user name and the password; null when something else proves who it is.</summary>
    public NetworkCredential? Password { get; init; }

    /// <summary>True when the client certificate proves it (SASL EXTERNAL).</summary>
    public bool IsByCertificate { get; init; }

    /// <summary>Where access tokens come from; null when something else proves who it is.</summary>
    public TokenSource? Tokens { get; init; }

    /// <summary>The token for one login.</summary>
    public Token? Token { get; init; }

    public static Identity Of(NetworkCredential password) => new(password.UserName) { Password = password };
}

using System;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>All that is needed to connect, and to connect again.</summary>
/// <param name="Address">The server.</param>
/// <param name="Identity">Who logs in; null when that is asked for once the server was reached.</param>
internal sealed record ConnectionSettings(ServerAddress Address, Identity? Identity)
{
    public bool AllowPlaintext { get; init; }

    /// <summary>The one SASL mechanism to log in with; null for the best that the server offers.</summary>
    public string? Mechanism { get; init; }

    /// <summary>True when an access token is to prove who logs in: a server that takes none is told so before anybody is asked.</summary>
    public bool UsesToken { get; init; }

    public Trust Trust { get; init; } = new();

    public int TimeoutSeconds { get; init; } = 60;

    public int RetryCount { get; init; } = 3;

    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    public string? ProtocolLogPath { get; init; }

    public bool IsEncrypted => Address.Security != ImapSecurity.None;
}

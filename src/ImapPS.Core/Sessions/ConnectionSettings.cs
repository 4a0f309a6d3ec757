using System;
using System.Collections.Generic;
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

    /// <summary>Whose mailbox to open (the authorization identity of SASL); null for that of who logs in.</summary>
    public string? AuthorizationId { get; init; }

    /// <summary>What proves to the server who connects, beside or instead of a password; null for nothing.</summary>
    public ClientCertificate? ClientCertificate { get; init; }

    /// <summary>What the server is told of the program; empty for nothing.</summary>
    public IReadOnlyDictionary<string, string?> ClientInfo { get; init; } = Sessions.ClientInfo.Default;

    public Route Route { get; init; } = new();

    /// <summary>True when an access token is to prove who logs in: a server that takes none is told so before anybody is asked.</summary>
    public bool UsesToken { get; init; }

    public Trust Trust { get; init; } = new();

    /// <summary>When the connection is compressed.</summary>
    public ImapCompression Compression { get; init; }

    public int TimeoutSeconds { get; init; } = 60;

    public int RetryCount { get; init; } = 3;

    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    public string? ProtocolLogPath { get; init; }

    /// <summary>Whose mailbox it is, as far as that is known; empty for nobody's.</summary>
    public string Owner => AuthorizationId ?? Identity?.UserName ?? string.Empty;

    public bool IsEncrypted => Address.Security != ImapSecurity.None;
}

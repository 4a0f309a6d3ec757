using System;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>What is to be known of a SASL mechanism before it is used.</summary>
/// <param name="Mechanism">What -Mechanism calls it.</param>
/// <param name="Name">Its name in the registry, as servers offer it.</param>
internal sealed record SaslTraits(ImapMechanism Mechanism, string Name)
{
    /// <summary>True for what is used only if it is asked for.</summary>
    public bool IsOnRequest { get; init; }

    /// <summary>True for what sends the password itself.</summary>
    public bool SendsPassword { get; init; }

    /// <summary>True for what can do without a password.</summary>
    public bool NeedsNoPassword { get; init; }

    /// <summary>True for what takes an access token, and no password.</summary>
    public bool TakesToken { get; init; }

    /// <summary>True for what can name another user, whose mailbox is opened (the authorization identity).</summary>
    public bool TakesAuthorization { get; init; }

    /// <summary>True for what is bound to the TLS connection.</summary>
    public bool BindsChannel => Name.EndsWith("-PLUS", StringComparison.Ordinal);
}

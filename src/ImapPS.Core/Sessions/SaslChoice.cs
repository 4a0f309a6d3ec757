using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using ImapPS.Errors;
using ImapPS.Models;
using MailKit.Security;

namespace ImapPS.Sessions;

/// <summary>
/// One mechanism for one login. MailKit on its own tries every mechanism that the server offers, so that one mistyped password
/// counts as several failures, and locks accounts out.
/// </summary>
internal static class SaslChoice
{
    public const string External = "EXTERNAL";
    public const string Anonymous = "ANONYMOUS";

    private const string Gssapi = "GSSAPI";

    /// <summary>The mechanisms, the best first.</summary>
    private static readonly SaslTraits[] _ranked =
    [
        new(ImapMechanism.ScramSha512Plus, "SCRAM-SHA-512-PLUS") { TakesAuthorization = true },
        new(ImapMechanism.ScramSha256Plus, "SCRAM-SHA-256-PLUS") { TakesAuthorization = true },
        new(ImapMechanism.ScramSha1Plus, "SCRAM-SHA-1-PLUS") { TakesAuthorization = true },
        new(ImapMechanism.ScramSha512, "SCRAM-SHA-512") { TakesAuthorization = true },
        new(ImapMechanism.ScramSha256, "SCRAM-SHA-256") { TakesAuthorization = true },
        new(ImapMechanism.ScramSha1, "SCRAM-SHA-1") { TakesAuthorization = true },
        new(ImapMechanism.CramMd5, "CRAM-MD5"),
        new(ImapMechanism.Plain, "PLAIN") { TakesAuthorization = true, SendsPassword = true },
        new(ImapMechanism.Login, "LOGIN") { SendsPassword = true },
        new(ImapMechanism.OAuthBearer, "OAUTHBEARER") { IsOnRequest = true, TakesToken = true },
        new(ImapMechanism.XOAuth2, "XOAUTH2") { IsOnRequest = true, TakesToken = true },
        new(ImapMechanism.External, External) { IsOnRequest = true, NeedsNoPassword = true, TakesAuthorization = true },
        new(ImapMechanism.Ntlm, "NTLM") { IsOnRequest = true },
        new(ImapMechanism.Gssapi, Gssapi) { IsOnRequest = true, NeedsNoPassword = true },
        new(ImapMechanism.Anonymous, Anonymous) { IsOnRequest = true, NeedsNoPassword = true },
    ];

    /// <summary>The name of a mechanism in the registry; null for Auto.</summary>
    public static string? NameOf(ImapMechanism mechanism) => Array.Find(_ranked, one => one.Mechanism == mechanism)?.Name;

    /// <summary>The best mechanism on offer, or null when only the LOGIN command is left.</summary>
    /// <param name="offered">What the server offers.</param>
    /// <param name="canBindChannel">True on a TLS connection.</param>
    /// <param name="forAnother">True when somebody else's mailbox is to be opened.</param>
    public static string? Best(IEnumerable<string> offered, bool canBindChannel, bool forAnother = false) =>
        _ranked.FirstOrDefault(one => !one.IsOnRequest
            && (canBindChannel || !one.BindsChannel)
            && (one.TakesAuthorization || !forAnother)
            && IsOffered(one.Name, offered))?.Name;

    /// <summary>
    /// The mechanisms to try when a SCRAM mechanism was refused before it began, in their order: the server has no secret that it could
    /// compare with, so those that send the password come first, and those that need a secret as well come last.
    /// </summary>
    public static IReadOnlyList<string?> After(string refused, IReadOnlyCollection<string> offered, bool canBindChannel,
        bool maySendPassword, bool forAnother = false)
    {
        string[] others = [.. _ranked.Select(one => one.Name)
            .Where(name => name != refused && IsOffered(name, offered) && Best([name], canBindChannel, forAnother) is not null)];
        return [.. others.Where(name => SendsPassword(name) && maySendPassword), .. others.Where(name => !SendsPassword(name))];
    }

    /// <summary>True for a mechanism that sends no password, and proves in its second message that the client knows it.</summary>
    public static bool IsScram(string? mechanism) => mechanism?.StartsWith("SCRAM-", StringComparison.Ordinal) == true;

    /// <summary>True for what sends the password itself, as the command LOGIN does.</summary>
    public static bool SendsPassword(string? mechanism) => mechanism is null || Find(mechanism)?.SendsPassword == true;

    /// <inheritdoc cref="SaslTraits.NeedsNoPassword"/>
    public static bool NeedsNoPassword(string? mechanism) => Find(mechanism)?.NeedsNoPassword == true;

    /// <inheritdoc cref="SaslTraits.TakesToken"/>
    public static bool TakesToken(ImapMechanism mechanism) => Array.Exists(_ranked, one => one.Mechanism == mechanism && one.TakesToken);

    /// <inheritdoc cref="SaslTraits.TakesAuthorization"/>
    public static bool TakesAuthorization(string? mechanism) => Find(mechanism)?.TakesAuthorization == true;

    public static bool IsOffered(string name, IEnumerable<string> offered) =>
        offered.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The mechanism with what it needs.</summary>
    /// <param name="mechanism">Its name.</param>
    /// <param name="identity">Who logs in.</param>
    /// <param name="authorizationId">Whose mailbox to open; null for the user's own.</param>
    /// <param name="host">The server.</param>
    public static SaslMechanism Create(string mechanism, Identity identity, string? authorizationId, string host)
    {
        if (mechanism == External) return new SaslExternal(identity.UserName, authorizationId);

        // RFC 4505: the name is what a server may log of somebody who is nobody.
        NetworkCredential credential = mechanism == Anonymous ? new NetworkCredential(identity.UserName, string.Empty)
            : identity.Password ?? CredentialCache.DefaultNetworkCredentials;
        SaslMechanism sasl = Known(mechanism, credential) ?? throw Failures.MechanismNotHere(mechanism);
        switch (sasl)
        {
            case SaslMechanismPlain plain:
                plain.AuthorizationId = authorizationId;
                break;
            case SaslMechanismScramBase scram:
                scram.AuthorizationId = authorizationId;
                break;
#if NET
            case SaslMechanismNegotiateBase negotiate:
                // MailKit would ask for a ticket for SMTP.
                negotiate.ServicePrincipalName = $"imap/{host}";
                break;
#endif
        }

        return sasl;
    }

    private static SaslMechanism? Known(string mechanism, NetworkCredential credential)
    {
#if NET
        // MailKit's own look for Kerberos asks for a package of a name that no platform has.
        if (mechanism == Gssapi) return new SaslMechanismGssapi(credential);
#endif
        return SaslMechanism.Create(mechanism, Encoding.UTF8, credential);
    }

    private static SaslTraits? Find(string? mechanism) => Array.Find(_ranked, one => one.Name == mechanism);
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using MailKit.Net.Imap;
using MailKit.Security;

namespace ImapPS.Sessions;

/// <summary>The last step of opening a connection: somebody logs in, with one mechanism and one try.</summary>
/// <param name="settings">Where to, and whether a password may be sent in clear.</param>
/// <param name="log">Sees what is said.</param>
/// <param name="tell">Told of each step.</param>
internal sealed partial class Login(ConnectionSettings settings, SessionLog log, Action<string> tell)
{
    /// <summary>True when the server has accepted the login: what fails after that is not about the password.</summary>
    public bool IsAccepted { get; private set; }

    private ServerAddress Address => settings.Address;

    /// <summary>True when somebody else's mailbox is to be opened.</summary>
    private bool ForAnother => settings.AuthorizationId is not null;

    /// <summary>The mechanism that was accepted instead of a better one, which the server announces and cannot use.</summary>
    public string? Fallback { get; private set; }

    /// <summary>The mechanism that was tried last; null for the command LOGIN.</summary>
    public string? Tried { get; private set; }

    /// <summary>Who logs in by the client certificate; null where that is not what is wanted or offered.</summary>
    public Identity? ByCertificate(ImapClient client) =>
        settings is { Mechanism: null, UsesToken: false, ClientCertificate: { } certificate }
        && SaslChoice.IsOffered(SaslChoice.External, client.AuthenticationMechanisms)
            ? new Identity(certificate.Name) { IsByCertificate = true } : null;

    /// <summary>Logs somebody in.</summary>
    public async Task RunAsync(ImapClient client, Identity identity, CancellationToken cancellationToken)
    {
        log.Secrets = LoginSecrets.Of(identity);
        try
        {
            if (identity.Token is not null) await LogInWithTokenAsync(client, identity, cancellationToken).ConfigureAwait(false);
            else await LogInWithPasswordAsync(client, identity, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException refused) when (!ReferenceEquals(log.Secrets.Redact(refused), refused))
        {
            throw log.Secrets.Redact(refused);
        }
        finally
        {
            log.Secrets = null;
        }

        IsAccepted = true;

        // MailKit asks for namespaces right after, and keeps to itself that Exchange refuses all of it.
        if (log.Refusal is { } words && ServerRemedies.IsNotConnected(words)) throw Failures.NotConnected(words);

        await AfterwardsAsync(() => ClientInfo.SendAsync(client, settings.ClientInfo, cancellationToken), cancellationToken)
            .ConfigureAwait(false);

        tell($"Logged in as {Who(identity)}. Capabilities: {string.Join(" ", CapabilityNames.Of(client))}.");
    }

    private async Task LogInWithPasswordAsync(ImapClient client, Identity identity, CancellationToken cancellationToken)
    {
        string? mechanism = settings.Mechanism is { } chosen ? Chosen(client, chosen)
            : identity.IsByCertificate ? SaslChoice.External
            : Automatic(client);
        if (SaslChoice.SendsPassword(mechanism)) Protect(client);

        // The one that failed is off MailKit's list afterwards.
        string[] offered = [.. client.AuthenticationMechanisms];
        if (!await TryAsync(client, mechanism, identity, cancellationToken).ConfigureAwait(false))
        {
            await FallBackAsync(client, mechanism!, offered, identity, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Says more on the new connection. What ends it then ends the opening, and is told as that.</summary>
    public async Task AfterwardsAsync(Func<Task> say, CancellationToken cancellationToken)
    {
        try
        {
            await UnreadableResponseException.FromAsync(say).ConfigureAwait(false);
        }
        catch (Exception lost) when (lost is not ImapException && Translation.ConnectionIsGone(lost)
            && !cancellationToken.IsCancellationRequested)
        {
            throw Lost(lost);
        }
    }

    private async Task FallBackAsync(ImapClient client, string refused, string[] offered, Identity identity,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<string?> others = SaslChoice.After(refused, offered, client.IsSecure, MaySendPassword(client), ForAnother);
        if (others.Count == 0 && MaySendPassword(client) && !ForAnother) others = [null];
        string words = log.Refusal ?? string.Empty;
        string[] codes = [.. log.Rejections];
        foreach (string? other in others)
        {
            tell($"The server refused {refused} before it saw the password. Trying {other ?? "the command LOGIN"}.");
            log.Clear();
            if (!await TryAsync(client, other, identity, cancellationToken).ConfigureAwait(false)) continue;

            Fallback = other ?? "LOGIN";
            return;
        }

        throw Failures.AuthenticationFailed(Address.Host, identity.UserName, words, codes);
    }

    /// <summary>Logs in with one mechanism.</summary>
    /// <returns>False when the server has refused a SCRAM mechanism before it saw a proof of the password: it cannot use it.</returns>
    private async Task<bool> TryAsync(ImapClient client, string? mechanism, Identity identity,
        CancellationToken cancellationToken)
    {
        tell($"Logging in as {Who(identity)} with {mechanism ?? "the command LOGIN"}.");
        Tried = mechanism;
        int accepted = log.Accepted;
        int challenges = log.Challenges;
        try
        {
            // MailKit asks for the namespaces and the folders with a role right after.
            await UnreadableResponseException.FromAsync(() => AuthenticateAsync(client, mechanism, identity, cancellationToken))
                .ConfigureAwait(false);
            return true;
        }
        catch (AuthenticationException refused)
        {
            bool hasBegun = log.Challenges > challenges;
            if (SaslChoice.IsScram(mechanism) && settings.Mechanism is null && !hasBegun && !IsAboutTheUser()) return false;
            if (refused is SaslException here) throw Failures.MechanismFailed(Address.Host, mechanism!, here);

            throw Refused(identity, mechanism, client, refused);
        }
        catch (PlatformNotSupportedException here)
        {
            throw Failures.MechanismFailed(Address.Host, mechanism ?? "LOGIN", here);
        }
        catch (NotSupportedException none)
        {
            throw Failures.AuthenticationFailed(Address.Host, identity.UserName, "it takes no passwords here", log.Rejections, none);
        }
        catch (Exception lost) when (Translation.ConnectionIsGone(lost) && !cancellationToken.IsCancellationRequested)
        {
            IsAccepted = log.Accepted > accepted;
            throw Lost(lost);
        }
        catch (ImapCommandException refused)
        {
            throw Translation.Translate(refused, log.Rejections);
        }
    }

    private string? Chosen(ImapClient client, string chosen)
    {
        if (ForAnother && !SaslChoice.TakesAuthorization(chosen)) throw Failures.AuthorizationImpossible(chosen);
        bool canBind = client.IsSecure || !chosen.EndsWith("-PLUS", StringComparison.Ordinal);
        if (canBind && SaslChoice.IsOffered(chosen, client.AuthenticationMechanisms)) return chosen;

        // The command LOGIN is not announced.
        return chosen == "LOGIN" ? null
            : throw Failures.MechanismNotOffered(Address.Host, chosen, client.AuthenticationMechanisms);
    }

    private string? Automatic(ImapClient client) =>
        SaslChoice.Best(client.AuthenticationMechanisms, canBindChannel: client.IsSecure, ForAnother)
        ?? (ForAnother ? throw Failures.AuthorizationNotOffered(Address.Host, client.AuthenticationMechanisms) : null);

    /// <summary>Ends it before a password is sent that everybody could read, or that the server does not want like that.</summary>
    private void Protect(ImapClient client)
    {
        if (client.IsSecure) return;
        if (client.Capabilities.HasFlag(ImapCapabilities.LoginDisabled)) throw Failures.LoginDisabled(Address.Host);
        if (!settings.AllowPlaintext) throw Failures.PlaintextRefused(Address.Host);
    }

    private bool MaySendPassword(ImapClient client) => client.IsSecure
        || (settings.AllowPlaintext && !client.Capabilities.HasFlag(ImapCapabilities.LoginDisabled));

    /// <summary>Whether the server refuses for a reason that no other mechanism removes.</summary>
    private bool IsAboutTheUser() => NotNow.Is(log.Rejections, log.Refusal ?? string.Empty)
        || log.Rejections.Any(code => code is "EXPIRED" or "PRIVACYREQUIRED" or "CONTACTADMIN" or "AUTHORIZATIONFAILED");

    private Task AuthenticateAsync(ImapClient client, string? mechanism, Identity identity,
        CancellationToken cancellationToken)
    {
        if (mechanism is not null)
        {
            SaslMechanism sasl = SaslChoice.Create(mechanism, identity, settings.AuthorizationId, Address.Host);
            return client.AuthenticateAsync(sasl, cancellationToken);
        }

        // With no mechanism left, MailKit uses the LOGIN command.
        client.AuthenticationMechanisms.Clear();
        return client.AuthenticateAsync(identity.Password!, cancellationToken);
    }

    /// <summary>What the server says to a login: that it is not to be tried now, or that the credential is not taken, and why.</summary>
    private ImapException Refused(Identity identity, string? mechanism, ImapClient client, AuthenticationException refused)
    {
        string words = log.Refusal ?? string.Empty;
        if (NotNow.Is(log.Rejections, words)) return Failures.ServerBusy(Address.Host, words, refused);
        if (mechanism == SaslChoice.External)
        {
            return Failures.CertificateNotTaken(Address.Host, settings.ClientCertificate, words, log.Rejections, refused);
        }

        // To try the next one as well would be a second wrong password, if it is wrong.
        string? other = SaslChoice.IsScram(mechanism) && MaySendPassword(client) ? nameof(ImapMechanism.Plain) : null;
        return Failures.AuthenticationFailed(Address.Host, identity.UserName, words, log.Rejections, refused, mechanism, other);
    }

    private string Who(Identity identity) => $"'{DisplayText.Printable(identity.UserName)}'"
        + (ForAnother ? $" for the mailbox of '{DisplayText.Printable(settings.AuthorizationId)}'" : string.Empty);

    /// <summary>
    /// After the login a lost connection is only that; before its answer came, nobody knows what the server thinks of the password.
    /// </summary>
    private ImapException Lost(Exception lost) =>
        Translation.IsLate(lost) ? Failures.Timeout(Address.Host, settings.TimeoutSeconds, lost)
        : Translation.IsNonsense(lost) ? Failures.ProtocolError(Address.Host, lost)
        : NotNow.Is(log.Farewell) ? Failures.ServerBusy(Address.Host, log.Farewell!, lost)
        : IsCutOff ? Failures.CertificateCutOff(Address, settings.ClientCertificate!, lost.Message, lost)
        : Failures.LostInLogin(Address.Host, log.Farewell, IsAccepted, lost);

    /// <summary>A server may greet before it has looked at the certificate (TLS 1.3), and end the connection then without a word.</summary>
    private bool IsCutOff => settings.ClientCertificate is not null && Tried == SaslChoice.External && !IsAccepted && log.Farewell is null;
}

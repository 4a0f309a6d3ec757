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
    private static readonly string _version = typeof(Login).Assembly.GetName().Version!.ToString(3);

    /// <summary>True when the server has accepted the login: what fails after that is not about the password.</summary>
    public bool IsAccepted { get; private set; }

    private ServerAddress Address => settings.Address;

    /// <summary>The mechanism that was accepted instead of a better one, which the server announces and cannot use.</summary>
    public string? Fallback { get; private set; }

    public async Task RunAsync(ImapClient client, Identity identity, CancellationToken cancellationToken)
    {
        if (!client.IsSecure && client.Capabilities.HasFlag(ImapCapabilities.LoginDisabled)) throw Failures.LoginDisabled(Address.Host);

        if (identity.Token is not null) await LogInWithTokenAsync(client, identity, cancellationToken).ConfigureAwait(false);
        else await LogInWithPasswordAsync(client, identity, cancellationToken).ConfigureAwait(false);

        IsAccepted = true;

        // MailKit asks for namespaces right after, and keeps to itself that Exchange refuses all of it.
        if (log.Refusal is { } words && ServerRemedies.IsNotConnected(words)) throw Failures.NotConnected(words, inner: null);

        await IdentifyAsync(client, cancellationToken).ConfigureAwait(false);

        tell($"Logged in as '{DisplayText.Printable(identity.UserName)}'. Capabilities: "
            + $"{string.Join(" ", CapabilityNames.Of(client))}.");
    }

    private async Task LogInWithPasswordAsync(ImapClient client, Identity identity, CancellationToken cancellationToken)
    {
        string? mechanism = settings.Mechanism is { } chosen
            ? Chosen(client, chosen)
            : SaslChoice.Best(client.AuthenticationMechanisms, canBindChannel: client.IsSecure);
        if (SaslChoice.SendsPassword(mechanism) && !MaySendPassword(client)) throw Failures.PlaintextRefused(Address.Host);

        // The one that failed is off MailKit's list afterwards.
        string[] offered = [.. client.AuthenticationMechanisms];
        if (!await TryAsync(client, mechanism, identity, cancellationToken).ConfigureAwait(false))
        {
            await FallBackAsync(client, mechanism!, offered, identity, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FallBackAsync(ImapClient client, string refused, string[] offered, Identity identity,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<string?> others = SaslChoice.After(refused, offered, client.IsSecure, MaySendPassword(client));
        if (others.Count == 0 && MaySendPassword(client)) others = [null];
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
        tell($"Logging in as '{DisplayText.Printable(identity.UserName)}' with {mechanism ?? "the command LOGIN"}.");
        int accepted = log.Accepted;
        int challenges = log.Challenges;
        try
        {
            // MailKit asks for the namespaces and the folders with a role right after.
            await AuthenticateAsync(client, mechanism, identity, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AuthenticationException refused)
        {
            bool hasBegun = log.Challenges > challenges;
            if (SaslChoice.IsScram(mechanism) && settings.Mechanism is null && !hasBegun && !IsAboutTheUser()) return false;

            throw Refused(identity, mechanism, client, refused);
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
        IEnumerable<string> same = client.AuthenticationMechanisms
            .Where(name => string.Equals(name, chosen, StringComparison.OrdinalIgnoreCase));
        if (SaslChoice.Best([.. same], client.IsSecure) is { } offered) return offered;

        // The command LOGIN is not announced.
        return chosen == "LOGIN" ? null
            : throw Failures.MechanismNotOffered(Address.Host, chosen, client.AuthenticationMechanisms);
    }

    private bool MaySendPassword(ImapClient client) => client.IsSecure || settings.AllowPlaintext;

    /// <summary>Whether the server refuses for a reason that no other mechanism removes.</summary>
    private bool IsAboutTheUser() => NotNow.Is(log.Rejections, log.Refusal ?? string.Empty)
        || log.Rejections.Any(code => code is "EXPIRED" or "PRIVACYREQUIRED" or "CONTACTADMIN" or "AUTHORIZATIONFAILED");

    /// <summary>Says who we are (RFC 2971). Some servers open no folder for a client that does not.</summary>
    private static async Task IdentifyAsync(ImapClient client, CancellationToken cancellationToken)
    {
        if (!client.Capabilities.HasFlag(ImapCapabilities.Id)) return;

        try
        {
            await client.IdentifyAsync(new ImapImplementation { Name = "ImapPS", Version = _version }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ImapCommandException)
        {
            // It is a courtesy.
        }
    }

    private static Task AuthenticateAsync(ImapClient client, string? mechanism, Identity identity,
        CancellationToken cancellationToken)
    {
        if (mechanism is not null) return client.AuthenticateAsync(SaslChoice.Create(mechanism, identity.Password!), cancellationToken);

        // With no mechanism left, MailKit uses the LOGIN command.
        client.AuthenticationMechanisms.Clear();
        return client.AuthenticateAsync(identity.Password!, cancellationToken);
    }

    /// <summary>What the server says to a login: that it is not to be tried now, or that the credential is not taken, and why.</summary>
    private ImapException Refused(Identity identity, string? mechanism, ImapClient client, AuthenticationException refused)
    {
        string words = log.Refusal ?? string.Empty;
        if (NotNow.Is(log.Rejections, words)) return Failures.ServerBusy(Address.Host, words, refused);

        // To try the next one as well would be a second wrong password, if it is wrong.
        string? other = SaslChoice.IsScram(mechanism) && MaySendPassword(client) ? "PLAIN" : null;
        return Failures.AuthenticationFailed(Address.Host, identity.UserName, words, log.Rejections, refused, mechanism, other);
    }

    /// <summary>
    /// After the login a lost connection is only that; before its answer came, nobody knows what the server thinks of the password.
    /// </summary>
    private ImapException Lost(Exception lost) =>
        lost is TimeoutException ? Failures.Timeout(Address.Host, settings.TimeoutSeconds, lost)
        : Translation.IsNonsense(lost) ? Failures.ProtocolError(Address.Host, lost)
        : NotNow.Is(log.Farewell) ? Failures.ServerBusy(Address.Host, log.Farewell!, lost)
        : Failures.LostInLogin(Address.Host, log.Farewell, IsAccepted, lost);
}

using System;
using System.Net;
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
internal sealed class Login(ConnectionSettings settings, SessionLog log, Action<string> tell)
{
    private static readonly string _version = typeof(Login).Assembly.GetName().Version!.ToString(3);

    /// <summary>True when the server has accepted the login: what fails after that is not about the password.</summary>
    public bool IsAccepted { get; private set; }

    private ServerAddress Address => settings.Address;

    public async Task RunAsync(ImapClient client, NetworkCredential credential, CancellationToken cancellationToken)
    {
        if (!client.IsSecure && client.Capabilities.HasFlag(ImapCapabilities.LoginDisabled)) throw Failures.LoginDisabled(Address.Host);

        string? mechanism = SaslChoice.Best(client.AuthenticationMechanisms, canBindChannel: client.IsSecure);
        if (SaslChoice.SendsPassword(mechanism) && !client.IsSecure && !settings.AllowPlaintext)
        {
            throw Failures.PlaintextRefused(Address.Host);
        }

        tell($"Logging in as '{DisplayText.Printable(credential.UserName)}' with {mechanism ?? "the command LOGIN"}.");
        int accepted = log.Accepted;
        try
        {
            // MailKit asks for the namespaces and the folders with a role right after.
            await AuthenticateAsync(client, mechanism, credential, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthenticationException refused)
        {
            throw Refused(credential, refused);
        }
        catch (NotSupportedException none)
        {
            throw Failures.AuthenticationFailed(Address.Host, credential.UserName, "it takes no passwords here", log.Rejections, none);
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

        IsAccepted = true;
        await IdentifyAsync(client, cancellationToken).ConfigureAwait(false);

        tell($"Logged in as '{DisplayText.Printable(credential.UserName)}'. Capabilities: "
            + $"{string.Join(" ", CapabilityNames.Of(client))}.");
    }

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

    private static Task AuthenticateAsync(ImapClient client, string? mechanism, NetworkCredential credential,
        CancellationToken cancellationToken)
    {
        if (mechanism is not null) return client.AuthenticateAsync(SaslChoice.Create(mechanism, credential), cancellationToken);

        // With no mechanism left, MailKit uses the LOGIN command.
        client.AuthenticationMechanisms.Clear();
        return client.AuthenticateAsync(credential, cancellationToken);
    }

    /// <summary>What the server says to a login: that it is not to be tried now, or that the credential is not taken, and why.</summary>
    private ImapException Refused(NetworkCredential credential, AuthenticationException refused)
    {
        string words = log.Refusal ?? string.Empty;
        return NotNow.Is(log.Rejections, words)
            ? Failures.ServerBusy(Address.Host, words, refused)
            : Failures.AuthenticationFailed(Address.Host, credential.UserName, words, log.Rejections, refused);
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

using System;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>
/// The steps of opening a connection, each with the whole timeout. The server is reached first: socket, encryption, greeting, capabilities.
/// Only then somebody logs in, so that a wrong host or a bad certificate never costs a password.
/// </summary>
/// <param name="settings">Where to connect to, and how.</param>
/// <param name="log">Sees what is said.</param>
/// <param name="tell">Told of each step.</param>
/// <param name="witness">Sees how far it has come; null for nobody.</param>
internal sealed class Connector(ConnectionSettings settings, SessionLog log, Action<string> tell, IConnectionWitness? witness = null)
{
    /// <summary>Servers end connections on which nobody logs in, and routers forget those on which nothing is said.</summary>
    private static readonly TimeSpan _longestIdle = TimeSpan.FromSeconds(30);

    private readonly Login _login = new(settings, log, tell);

    /// <inheritdoc cref="Login.IsAccepted"/>
    public bool IsAccepted => _login.IsAccepted;

    /// <inheritdoc cref="Login.Fallback"/>
    public string? Fallback => _login.Fallback;

    /// <summary>Who logs in; null for nobody who is known.</summary>
    public Identity? Identity { get; set; } = settings.Identity;

    /// <inheritdoc cref="Login.Tried"/>
    public string? Mechanism => _login.Tried;

    private ServerAddress Address => settings.Address;

    /// <summary>Reaches the server: it has greeted and told its capabilities, on a connection that is as safe as was asked for.</summary>
    public Task<StreamingClient> ReachAsync(CancellationToken cancellationToken) => WithinAsync(
        async limited =>
        {
            var check = new CertificateCheck(settings.Trust);
            var client = new StreamingClient(log)
            {
                Timeout = settings.TimeoutSeconds * 1000,
                ServerCertificateValidationCallback = check.Accept,

                // As Invoke-WebRequest does: a certificate authority that cannot be reached must not stop mail from being read.
                CheckCertificateRevocation = false,
            };
#if !NET
            // On .NET Framework the default is what ServicePointManager was last told by anyone.
            client.SslProtocols = System.Security.Authentication.SslProtocols.Tls12;
#endif
            if (settings.ClientCertificate is { Certificate: { } certificate })
            {
                client.ClientCertificates = new X509CertificateCollection { certificate };
            }

            try
            {
                Line line = await DialAsync(limited, cancellationToken).ConfigureAwait(false);
                client.Socket = line.Socket;
                if (witness is not null) log.Heard = () => witness.Heard(client, check, log);
                await new Handshake(settings, log).RunAsync(client, line, check, limited).ConfigureAwait(false);
                TellReached(client);
                Identity ??= _login.ByCertificate(client);
                if (settings.ClientCertificate is not null && Identity is null && !client.IsAuthenticated)
                {
                    tell("The server offers no login by certificate alone (EXTERNAL).");
                }

                return client;
            }
            catch
            {
                client.Socket?.Dispose();
                client.Dispose();
                throw;
            }
        },
        cancellationToken);

    /// <summary>True when a connection on which nothing was said meanwhile is to be opened again before somebody logs in.</summary>
    public static bool IsStale(StreamingClient client, TimeSpan idle) => idle > _longestIdle || client.HasEnded;

    /// <summary>Logs in: one mechanism, one try. Not where the server has done that by itself (PREAUTH).</summary>
    /// <returns>Whose mailbox it is; empty where the server does not tell.</returns>
    public Task<string> LogInAsync(ImapClient client, CancellationToken cancellationToken) =>
        WithinAsync(
            async limited =>
            {
                if (client.IsAuthenticated)
                {
                    tell("The server has logged in by itself (PREAUTH). No credential is sent.");
                    await ClientInfo.SendAsync(client, settings.ClientInfo, limited).ConfigureAwait(false);
                    return string.Empty;
                }

                Identity identity = Identity ?? throw Failures.NobodyToAsk();
                await _login.RunAsync(client, identity, limited).ConfigureAwait(false);
                return settings.AuthorizationId ?? identity.UserName;
            },
            cancellationToken);

    /// <summary>Compresses the connection after the login, if that is wanted and the server can.</summary>
    /// <returns>False when it broke over that.</returns>
    public async Task<bool> CompressAsync(StreamingClient client, CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(limited => Compression.TryStartAsync(client, settings, log, tell, limited), cancellationToken)
                .ConfigureAwait(false);
            return true;
        }
        catch (ImapException broken) when (Loss.Is(broken))
        {
            // What has failed once is not tried again.
            client.Memory.Lacks(ImapCapabilities.Compress);
            return false;
        }
    }

    /// <summary>Says what a new connection needs beside a login.</summary>
    public Task PrepareAsync(Func<CancellationToken, Task> prepare, CancellationToken cancellationToken) =>
        WithinAsync(
            async limited =>
            {
                await _login.AfterwardsAsync(() => prepare(limited), limited).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    private async Task<Line> DialAsync(CancellationToken limited, CancellationToken cancellationToken)
    {
        try
        {
            return await Dialer.DialAsync(Address, settings.Route, tell, limited, witness).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (settings.Route.Proxy is { } proxy && !cancellationToken.IsCancellationRequested)
        {
            throw Failures.ProxyTimeout(proxy, Address, settings.TimeoutSeconds, late);
        }
    }

    /// <summary>Takes a step that must not take longer than the timeout.</summary>
    public async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        // The clock of MailKit's own timeout starts with each read; a server that trickles must not hold a connect for ever.
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(settings.TimeoutSeconds));
        try
        {
            return await step(timeout.Token).ConfigureAwait(false);
        }
        catch (Exception late) when (late is not ImapException && Translation.ConnectionIsGone(late)
            && !cancellationToken.IsCancellationRequested && (timeout.IsCancellationRequested || late is OperationCanceledException))
        {
            // Whatever the step ended with, when its time was up at the same moment.
            throw Failures.Timeout(Address.Host, settings.TimeoutSeconds, late);
        }
    }

    private void TellReached(ImapClient client)
    {
        tell($"The server greets: {DisplayText.Printable(log.Greeting)}");
        tell(client.IsSecure ? $"The connection is encrypted: {Encryption.Of(client)}." : "The connection is not encrypted.");
        tell($"Capabilities before the login: {string.Join(" ", CapabilityNames.Of(client))}.");
    }
}

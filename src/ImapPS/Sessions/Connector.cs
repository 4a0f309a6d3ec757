using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using MailKit.Net.Imap;
using MailKit.Security;

namespace ImapPS.Sessions;

/// <summary>Opens a connection: socket, TLS, login.</summary>
internal static class Connector
{
    public static async Task<ImapClient> ConnectAsync(ConnectionSettings settings, SessionLog log, CancellationToken cancellationToken)
    {
        var check = new CertificateCheck(settings);
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

        try
        {
            // The clock of MailKit's own timeout starts with each read; a server that trickles must not hold a connect for ever.
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(TimeSpan.FromSeconds(settings.TimeoutSeconds));
            try
            {
                await OpenAsync(client, settings, check, timeout.Token).ConfigureAwait(false);
                await LogInAsync(client, settings, timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                throw Failures.Timeout(settings.Address.Host, settings.TimeoutSeconds, late);
            }

            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static async Task OpenAsync(ImapClient client, ConnectionSettings settings, CertificateCheck check, CancellationToken cancellationToken)
    {
        ServerAddress address = settings.Address;
        Socket socket = await OpenSocketAsync(address, cancellationToken).ConfigureAwait(false);
        try
        {
            await client.ConnectAsync(socket, address.Host, address.Port, Options(address.Security), cancellationToken).ConfigureAwait(false);
        }
        catch (SslHandshakeException handshake) when (check.Refusal is { } refusal)
        {
            throw Failures.CertificateRejected(address.Host, refusal, check.Thumbprint, handshake);
        }
        catch (Exception tls) when (tls is SslHandshakeException or System.Security.Authentication.AuthenticationException)
        {
            throw new ImapException(
                ImapErrorId.TlsFailed,
                string.Format(CultureInfo.InvariantCulture, "TLS with '{0}' on port {1} failed: {2}", address.Host, address.Port, Text.Printable(tls.InnerException?.Message ?? tls.Message)),
                "Check -Port and -Security: 993 is TLS from the first byte, 143 is STARTTLS.",
                address.Host,
                tls);
        }
        catch (NotSupportedException absent)
        {
            throw new ImapException(
                ImapErrorId.TlsFailed,
                string.Format(CultureInfo.InvariantCulture, "'{0}' does not offer STARTTLS on port {1}.", address.Host, address.Port),
                "Use -Security Tls on port 993. Something between you and the server may also have removed the offer.",
                address.Host,
                absent);
        }
        catch (Exception failed) when (failed is TimeoutException)
        {
            throw Failures.Timeout(address.Host, settings.TimeoutSeconds, failed);
        }
        catch (Exception nonsense) when (Translation.IsNonsense(nonsense))
        {
            throw Failures.ProtocolError(address.Host, nonsense);
        }
        catch (Exception failed) when (failed is IOException or SocketException or ImapProtocolException or ImapCommandException)
        {
            throw Unreachable(address, failed);
        }

        // MailKit promises it; a promise about secrets is checked.
        if (settings.IsEncrypted && !client.IsSecure) throw Failures.PlaintextRefused(address.Host);
    }

    private static async Task LogInAsync(ImapClient client, ConnectionSettings settings, CancellationToken cancellationToken)
    {
        if (client.IsAuthenticated) return;

        string host = settings.Address.Host;
        string? mechanism = SaslChoice.Best(client.AuthenticationMechanisms, canBindChannel: client.IsSecure);
        if (SaslChoice.SendsPassword(mechanism) && !client.IsSecure && !settings.AllowPlaintext) throw Failures.PlaintextRefused(host);

        try
        {
            if (mechanism is null)
            {
                // With no mechanism left, MailKit uses the LOGIN command.
                client.AuthenticationMechanisms.Clear();
                await client.AuthenticateAsync(settings.Credential, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await client.AuthenticateAsync(SaslChoice.Create(mechanism, settings.Credential), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (AuthenticationException refused)
        {
            string answer = refused.InnerException is ImapCommandException no ? no.ResponseText : string.Empty;
            throw Failures.AuthenticationFailed(host, settings.Credential.UserName, answer, refused);
        }
        catch (NotSupportedException none)
        {
            throw Failures.AuthenticationFailed(host, settings.Credential.UserName, "it takes no passwords here", none);
        }
    }

    /// <summary>A socket of our own: MailKit's delays small writes (Nagle), which costs a round trip a command.</summary>
    private static async Task<Socket> OpenSocketAsync(ServerAddress address, CancellationToken cancellationToken)
    {
        IPAddress[] candidates;
        try
        {
            candidates = IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? literal)
                ? [literal]
                : await ResolveAsync(address.Host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException unknown)
        {
            throw new ImapException(
                ImapErrorId.ConnectionFailed,
                $"There is no host '{address.Host}': {unknown.Message}",
                "Check the name, and that this machine can resolve it.",
                address.Host,
                unknown);
        }

        Exception? last = null;
        foreach (IPAddress candidate in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var socket = new Socket(candidate.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                await ConnectSocketAsync(socket, new IPEndPoint(candidate, address.Port), cancellationToken).ConfigureAwait(false);
                return socket;
            }
            catch (Exception failed)
            {
                socket.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                if (failed is not (SocketException or ObjectDisposedException)) throw;
                last = failed;
            }
        }

        throw Unreachable(address, last ?? new SocketException((int)SocketError.HostNotFound));
    }

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
#if NET
        Dns.GetHostAddressesAsync(host, cancellationToken);
#else
        Dns.GetHostAddressesAsync(host);
#endif

    private static async Task ConnectSocketAsync(Socket socket, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
#if NET
        await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
#else
        // .NET Framework cannot cancel a connect; closing the socket under it can.
        using (cancellationToken.Register(socket.Dispose))
        {
            await socket.ConnectAsync(endPoint).ConfigureAwait(false);
        }
#endif
    }

    private static SecureSocketOptions Options(ImapSecurity security) => security switch
    {
        ImapSecurity.Tls => SecureSocketOptions.SslOnConnect,
        ImapSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private static ImapException Unreachable(ServerAddress address, Exception failed) =>
        new(
            ImapErrorId.ConnectionFailed,
            string.Format(CultureInfo.InvariantCulture, "Cannot connect to '{0}' on port {1}: {2}", address.Host, address.Port, Text.Printable(failed.Message)),
            "Check the host name and the port, and that a firewall lets the connection through.",
            address.Host,
            failed);
}

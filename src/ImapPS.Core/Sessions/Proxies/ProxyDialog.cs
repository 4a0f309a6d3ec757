using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Transfers;

namespace ImapPS.Sessions;

/// <summary>
/// Asks a proxy for a connection to a server. MailKit's proxy clients are not used: they read for ever from a proxy that hangs up,
/// check the certificate of one in TLS against the server's name, take no socket of ours, and say why only in prose.
/// </summary>
/// <param name="proxy">The proxy.</param>
/// <param name="target">The server.</param>
internal abstract class ProxyDialog(ProxyServer proxy, ServerAddress target)
{
    protected ProxyServer Proxy => proxy;

    protected ServerAddress Target => target;

    /// <summary>The server's host, as an address without brackets.</summary>
    protected string Host { get; } = target.Host.Trim('[', ']');

    /// <summary>Asks, on a connection to the proxy.</summary>
    /// <param name="line">The connection to the proxy. It is closed when nothing comes of it.</param>
    /// <param name="proxy">The proxy.</param>
    /// <param name="target">The server.</param>
    /// <param name="skipsCheck">True when any certificate of the proxy is accepted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection to the server.</returns>
    public static async Task<Line> HoldAsync(Line line, ProxyServer proxy, ServerAddress target, bool skipsCheck,
        CancellationToken cancellationToken)
    {
        ProxyDialog dialog = proxy.Protocol switch
        {
            ProxyProtocol.Socks5 => new Socks5Dialog(proxy, target),
            ProxyProtocol.Socks4 or ProxyProtocol.Socks4a => new Socks4Dialog(proxy, target),
            _ => new HttpConnectDialog(proxy, target),
        };
        try
        {
            // Streams of .NET Framework cannot be cancelled otherwise.
            using CancellationTokenRegistration closing = cancellationToken.Register(line.Socket.Dispose);
            if (proxy.Protocol == ProxyProtocol.Https)
            {
                line = await SecureAsync(line, proxy, skipsCheck, cancellationToken).ConfigureAwait(false);
            }

            await dialog.AskAsync(line.Stream, cancellationToken).ConfigureAwait(false);
            return line;
        }
        catch (Exception failed)
        {
            line.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (failed is AuthenticationException) throw Failures.ProxyTlsFailed(proxy, failed);
            if (failed is IOException or SocketException or ObjectDisposedException) throw Failures.ProxyEnded(proxy, failed);
            throw;
        }
    }

    /// <summary>Says who we are and where to, and reads the answer.</summary>
    protected abstract Task AskAsync(Stream stream, CancellationToken cancellationToken);

    protected static async Task<byte[]> ReadAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        byte[] all = new byte[count];
        byte[] one = new byte[1];

        // Not an octet more than the answer has: what comes after it is the server's greeting.
        for (int i = 0; i < count; i++)
        {
            if (await stream.ReadSomeAsync(one, cancellationToken).ConfigureAwait(false) == 0) throw new EndOfStreamException();
            all[i] = one[0];
        }

        return all;
    }

    protected static Task WriteAsync(Stream stream, byte[] octets, CancellationToken cancellationToken) =>
        stream.WritePartAsync(octets, 0, octets.Length, cancellationToken);

    private static async Task<Line> SecureAsync(Line line, ProxyServer proxy, bool skipsCheck, CancellationToken cancellationToken)
    {
        var tls = new SslStream(line.Stream, leaveInnerStreamOpen: false,
            (_, _, _, errors) => skipsCheck || errors == SslPolicyErrors.None);
        try
        {
#if NET
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = proxy.Host }, cancellationToken)
                .ConfigureAwait(false);
#else
            await tls.AuthenticateAsClientAsync(proxy.Host, clientCertificates: null, SslProtocols.Tls12, checkCertificateRevocation: false)
                .ConfigureAwait(false);
#endif
            return line with { Stream = tls };
        }
        catch
        {
            tls.Dispose();
            throw;
        }
    }
}

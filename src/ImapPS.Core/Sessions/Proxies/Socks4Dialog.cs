using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>SOCKS 4, and 4a, in which the proxy resolves the server's name. Of a credential only the user name is sent.</summary>
internal sealed class Socks4Dialog(ProxyServer proxy, ServerAddress target) : ProxyDialog(proxy, target)
{
    private const byte Version = 4;
    private const byte Connect = 1;
    private const byte Granted = 90;
    private const byte NoIdentd = 92;
    private const byte OtherUser = 93;

    /// <summary>An address that cannot be: the name follows.</summary>
    private static readonly IPAddress _named = new([0, 0, 0, 1]);

    /// <inheritdoc/>
    protected override async Task AskAsync(Stream stream, CancellationToken cancellationToken)
    {
        IPAddress? address = await AddressAsync(cancellationToken).ConfigureAwait(false);
        if (address is { AddressFamily: not AddressFamily.InterNetwork }) throw Failures.ProxyWithoutIPv6(Proxy, Target);

        byte[] user = Encoding.UTF8.GetBytes(Proxy.Credential?.UserName ?? string.Empty);
        byte[] name = address is null ? [.. Encoding.ASCII.GetBytes(Host), 0] : [];
        byte[] request =
        [
            Version, Connect, (byte)(Target.Port >> 8), (byte)Target.Port, .. (address ?? _named).GetAddressBytes(), .. user, 0, .. name,
        ];
        await WriteAsync(stream, request, cancellationToken).ConfigureAwait(false);
        byte[] answer = await ReadAsync(stream, 8, cancellationToken).ConfigureAwait(false);
        if (answer[0] != 0) throw Failures.ProxySpeaksOther(Proxy);
        if (answer[1] is NoIdentd or OtherUser) throw Failures.ProxyCredentialRefused(Proxy, string.Empty);
        if (answer[1] != Granted) throw Failures.ProxyRefuses(Proxy, Target, "the proxy does not allow it, or cannot reach the server");
    }

    /// <summary>The server's address; null when the proxy is to find it out.</summary>
    private async Task<IPAddress?> AddressAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(Host, out IPAddress? literal)) return literal;
        if (Proxy.Protocol == ProxyProtocol.Socks4a) return null;

        return (await Dialer.ResolveAsync(Host, AddressFamily.InterNetwork, cancellationToken).ConfigureAwait(false))[0];
    }
}

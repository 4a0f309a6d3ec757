using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>SOCKS 5 (RFC 1928), with a user name and a password where the proxy wants them (RFC 1929).</summary>
internal sealed class Socks5Dialog(ProxyServer proxy, ServerAddress target) : ProxyDialog(proxy, target)
{
    private const byte Version = 5;
    private const byte PasswordVersion = 1;
    private const byte Connect = 1;

    private const byte Nobody = 0;
    private const byte ByPassword = 2;
    private const byte NoneOfThese = 0xff;

    private const byte IPv4 = 1;
    private const byte Name = 3;
    private const byte IPv6 = 4;

    /// <inheritdoc/>
    protected override async Task AskAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] methods = Proxy.Credential is null ? [Nobody] : [Nobody, ByPassword];
        await WriteAsync(stream, [Version, (byte)methods.Length, .. methods], cancellationToken).ConfigureAwait(false);
        byte[] chosen = await ReadAsync(stream, 2, cancellationToken).ConfigureAwait(false);
        if (chosen[0] != Version) throw Failures.ProxySpeaksOther(Proxy);
        if (chosen[1] == NoneOfThese) throw Failures.ProxyCredentialRefused(Proxy, string.Empty);
        if (chosen[1] == ByPassword && Proxy.Credential is { } credential)
        {
            await ProveAsync(stream, credential, cancellationToken).ConfigureAwait(false);
        }
        else if (chosen[1] != Nobody)
        {
            throw Failures.ProxySpeaksOther(Proxy);
        }

        byte[] address = [.. Destination(), (byte)(Target.Port >> 8), (byte)Target.Port];
        await WriteAsync(stream, [Version, Connect, 0, .. address], cancellationToken).ConfigureAwait(false);
        byte[] answer = await ReadAsync(stream, 4, cancellationToken).ConfigureAwait(false);
        if (answer[0] != Version) throw Failures.ProxySpeaksOther(Proxy);
        if (answer[1] != 0) throw Refused(answer[1]);

        int length = answer[3] switch
        {
            IPv4 => 4,
            IPv6 => 16,
            Name => (await ReadAsync(stream, 1, cancellationToken).ConfigureAwait(false))[0],
            _ => throw Failures.ProxySpeaksOther(Proxy),
        };
        await ReadAsync(stream, length + 2, cancellationToken).ConfigureAwait(false);
    }

    private async Task ProveAsync(Stream stream, NetworkCredential credential, CancellationToken cancellationToken)
    {
        byte[] user = Encoding.UTF8.GetBytes(credential.UserName);
        byte[] password = Encoding.UTF8.GetBytes(credential.Password);
        if (user.Length > byte.MaxValue || password.Length > byte.MaxValue) throw Failures.ProxyCredentialTooLong();

        await WriteAsync(stream, [PasswordVersion, (byte)user.Length, .. user, (byte)password.Length, .. password], cancellationToken)
            .ConfigureAwait(false);
        byte[] answer = await ReadAsync(stream, 2, cancellationToken).ConfigureAwait(false);
        if (answer[1] != 0) throw Failures.ProxyCredentialRefused(Proxy, string.Empty);
    }

    /// <summary>The server by its name, which the proxy resolves, or by its address.</summary>
    private IEnumerable<byte> Destination()
    {
        if (IPAddress.TryParse(Host, out IPAddress? address))
        {
            byte[] octets = address.GetAddressBytes();
            return [octets.Length == 4 ? IPv4 : IPv6, .. octets];
        }

        byte[] name = Encoding.ASCII.GetBytes(Host);
        return [Name, (byte)name.Length, .. name];
    }

    /// <summary>RFC 1928, section 6: what the proxy does not want, and what it tried in vain.</summary>
    private ImapException Refused(byte reply) => reply switch
    {
        2 => Failures.ProxyRefuses(Proxy, Target, "the proxy's rules do not allow it"),
        7 or 8 => Failures.ProxyRefuses(Proxy, Target, "the proxy does not support that"),
        3 => Failures.UnreachableBehind(Proxy, Target, "the network is unreachable"),
        4 => Failures.UnreachableBehind(Proxy, Target, "the host is unreachable"),
        5 => Failures.UnreachableBehind(Proxy, Target, "connection refused"),
        6 => Failures.UnreachableBehind(Proxy, Target, "it took too long"),
        _ => Failures.UnreachableBehind(Proxy, Target, "the proxy does not say why"),
    };
}

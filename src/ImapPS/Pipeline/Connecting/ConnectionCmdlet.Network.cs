using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Connecting;

/// <content>The way to the server.</content>
public abstract partial class ConnectionCmdlet
{
    /// <summary>
    /// Specifies the proxy through which the server is reached: socks5://host[:port], socks4a://, socks4://, http:// (CONNECT) or https://.
    /// The proxy resolves the server's name, except with socks4. The default is the proxy of the environment variables HTTPS_PROXY or
    /// ALL_PROXY. They do not apply to this computer and to the servers that NO_PROXY lists.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Proxy { get; set; }

    /// <summary>
    /// Specifies the user name and the password for the proxy. Only an https:// proxy gets them encrypted. A SOCKS 4 proxy gets the user
    /// name alone.
    /// </summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Indicates that the proxy of the environment variables is not used.</summary>
    [Parameter]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>Indicates that this computer connects with IPv4 only. With a proxy this applies to the connection to the proxy.</summary>
    [Parameter]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Indicates that this computer connects with IPv6 only. With a proxy this applies to the connection to the proxy.</summary>
    [Parameter]
    public SwitchParameter IPv6 { get; set; }

    private Route CheckedRoute(ServerAddress address)
    {
        if (IPv4 && IPv6) throw Failures.Contradiction(nameof(IPv4), nameof(IPv6));

        return new Route
        {
            Proxy = CheckedProxy(address),
            Family = IPv4 ? AddressFamily.InterNetwork : IPv6 ? AddressFamily.InterNetworkV6 : null,
            SkipsCheck = SkipCertificateCheck,
        };
    }

    private ProxyServer? CheckedProxy(ServerAddress address)
    {
        NetworkCredential? credential = ProxyCredential is { } given ? new NetworkCredential(given.UserName, given.Password) : null;
        if (NoProxy)
        {
            return Proxy is not null ? throw Failures.Contradiction(nameof(NoProxy), nameof(Proxy))
                : credential is not null ? throw Failures.Contradiction(nameof(NoProxy), nameof(ProxyCredential))
                : null;
        }

        ProxyServer? proxy = Proxy is null ? ProxyEnvironment.Current.Find(address.Host, address.Port, credential)
            : ProxyServer.Parse(Proxy, credential);
        return proxy is not null || credential is null ? proxy
            : throw Failures.ArgumentInvalid("-ProxyCredential is given, and there is no proxy.", "Name the proxy with -Proxy.");
    }
}

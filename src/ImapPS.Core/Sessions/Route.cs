using System.Net.Sockets;

namespace ImapPS.Sessions;

/// <summary>The way to a server.</summary>
internal sealed record Route
{
    /// <summary>The proxy on it; null for none.</summary>
    public ProxyServer? Proxy { get; init; }

    /// <summary>The only family of addresses that this computer connects to, that of the server or of the proxy; null for both.</summary>
    public AddressFamily? Family { get; init; }

    /// <summary>True when any certificate of a proxy is accepted.</summary>
    public bool SkipsCheck { get; init; }
}

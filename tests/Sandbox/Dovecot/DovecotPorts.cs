using System.Net;
using System.Net.Sockets;

namespace ImapPS.Sandbox;

/// <summary>Loopback addresses that this machine has, and two ports that are free on all of them for the moment.</summary>
internal sealed record DovecotPorts(int Plain, int Tls, bool HasIPv6)
{
    public string Listen => HasIPv6 ? "127.0.0.1, ::1" : "127.0.0.1";

    public static DovecotPorts FindFree()
    {
        var hasIPv6 = CanBind(IPAddress.IPv6Loopback, 0);
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        using var tls = new TcpListener(IPAddress.Loopback, 0);
        do
        {
            // Both held while the other is chosen, lest they be the same.
            Restart(plain);
            Restart(tls);
        }
        while (hasIPv6 && !(CanBind(IPAddress.IPv6Loopback, PortOf(plain)) && CanBind(IPAddress.IPv6Loopback, PortOf(tls))));
        return new DovecotPorts(PortOf(plain), PortOf(tls), hasIPv6);
    }

    private static void Restart(TcpListener listener)
    {
        listener.Stop();
        listener.Start();
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static bool CanBind(IPAddress address, int port)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6) return false;
        try
        {
            using var probe = new TcpListener(address, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

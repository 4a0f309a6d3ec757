using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ImapPS.Errors;

namespace ImapPS.Discovery;

/// <summary>The DNS server to ask, as a person writes it: an IP address, and a port if it is not the usual one.</summary>
internal static class DnsServerAddress
{
    private const int UsualPort = 53;

    public static IPEndPoint? Parse(string? text)
    {
        if (text is null) return null;

        text = text.Trim();
        if (IPAddress.TryParse(text, out IPAddress? whole) && IsWhole(text, whole)) return new IPEndPoint(whole, UsualPort);

        int colon = text.LastIndexOf(':');
        string after = text.Substring(colon + 1);
        return colon > 0
            && int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is > 0 and <= IPEndPoint.MaxPort
            && IPAddress.TryParse(text.Remove(colon), out IPAddress? address)
            && IsWhole(text.Remove(colon), address)
            ? new IPEndPoint(address, port)
            : throw Failures.DnsServerInvalid(text);
    }

    /// <summary>True unless it is a short form: 53 is an address to .NET, 0.0.0.53, and [::1]:53 is one without its port.</summary>
    private static bool IsWhole(string text, IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? text.Split('.').Length == 4
        : text[0] != '[' || text[text.Length - 1] == ']';
}

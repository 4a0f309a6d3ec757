using System;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace ImapPS.Sessions;

/// <summary>
/// NO_PROXY: which servers are reached without the environment's proxy. As in curl, a name stands for itself and all below it, with or
/// without a dot before it; an address may be that of a network, such as 10.0.0.0/8; and * stands for all.
/// </summary>
/// <param name="list">The names and addresses, between commas or blanks; null for none.</param>
internal sealed class ProxyExceptions(string? list)
{
    private static readonly char[] _separators = [',', ' ', '\t'];

    private static readonly Regex _withPort = new(@"\A(?<host>[^:\[\]]+|\[[^\[\]]+\]):(?<port>[0-9]{1,5})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    public bool Cover(string host, int port)
    {
        host = host.Trim('[', ']').TrimEnd('.');
        foreach (string entry in (list ?? string.Empty).Split(_separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry == "*") return true;

            (string name, int? only) = WithoutPort(entry);
            if ((only ?? port) != port) continue;
            if (IPAddress.TryParse(host, out IPAddress? address) ? CoversAddress(name, address) : CoversName(name, host)) return true;
        }

        return false;
    }

    private static bool CoversName(string entry, string host)
    {
        string name = (entry.StartsWith("*.", StringComparison.Ordinal) ? entry.Substring(1) : entry).Trim('.');
        return name.Length > 0 && (host.Equals(name, StringComparison.OrdinalIgnoreCase)
            || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
    }

    private static bool CoversAddress(string entry, IPAddress address)
    {
        string[] parts = entry.Split('/');
        if (!IPAddress.TryParse(parts[0], out IPAddress? network)) return false;

        byte[] one = address.GetAddressBytes();
        byte[] other = network.GetAddressBytes();
        int bits = one.Length * 8;
        if (one.Length != other.Length || (parts.Length > 1
            && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > one.Length * 8)))
        {
            return false;
        }

        for (int i = 0; i < bits; i++)
        {
            int mask = 0x80 >> (i % 8);
            if ((one[i / 8] & mask) != (other[i / 8] & mask)) return false;
        }

        return true;
    }

    /// <summary>host:port, [address]:port, and neither of them an IPv6 address alone.</summary>
    private static (string Name, int? Port) WithoutPort(string entry)
    {
        Match match = _withPort.Match(entry);
        return match.Success
            ? (match.Groups["host"].Value.Trim('[', ']'), int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture))
            : (entry.Trim('[', ']'), null);
    }
}

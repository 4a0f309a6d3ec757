using System;
using System.Net;

namespace ImapPS.Sessions;

/// <summary>Finds the proxy that the environment wants for a server: HTTPS_PROXY, or else ALL_PROXY; NO_PROXY makes exceptions.</summary>
/// <param name="variable">Reads a variable of the environment.</param>
internal sealed class ProxyEnvironment(Func<string, string?> variable)
{
    private static readonly string[] _names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

    /// <summary>That of this process.</summary>
    public static ProxyEnvironment Current { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>The proxy for a server; null to connect without one.</summary>
    /// <param name="host">The server.</param>
    /// <param name="port">Its port.</param>
    /// <param name="credential">Who uses it, if somebody says so; null for who the variable names.</param>
    public ProxyServer? Find(string host, int port, NetworkCredential? credential)
    {
        if (IsThisComputer(host) || new ProxyExceptions(Read("no_proxy") ?? Read("NO_PROXY")).Cover(host, port)) return null;

        foreach (string name in _names)
        {
            if (Read(name) is { } text) return ProxyServer.OfVariable(name, text, credential);
        }

        return null;
    }

    private string? Read(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static bool IsThisComputer(string host) => IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)
        ? IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        : host.TrimEnd('.').Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.TrimEnd('.').EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}

using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Errors;

/// <summary>What can go wrong at a proxy. No word of it tells a credential.</summary>
internal static partial class Failures
{
    private const string ProxyForms =
        "Give socks5://host:port, socks4a://host:port, http://host:port or https://host:port.";

    public static ImapException ProxyInvalid(string text) =>
        ArgumentInvalid(text.IndexOf('@') < 0 ? $"'{DisplayText.Printable(text)}' is not the URL of a proxy."
            : "-Proxy is not the URL of a proxy.", ProxyForms);

    public static ImapException CredentialInProxy() =>
        ArgumentInvalid("A user name or a password does not belong in the URL of a proxy.", "Give them with -ProxyCredential.");

    public static ImapException ProxyVariableInvalid(string variable) =>
        ArgumentInvalid($"The environment variable {variable} is not the URL of a proxy that can be used.",
            "Correct it, or use -Proxy or -NoProxy.", variable);

    public static ImapException ProxyCredentialTooLong() =>
        ArgumentInvalid("The user name or the password of -ProxyCredential is longer than 255 octets, which SOCKS 5 cannot send.",
            "Use an HTTP proxy, or a shorter one.");

    public static ImapException ProxyWithoutIPv6(ProxyServer proxy, ServerAddress target) =>
        ArgumentInvalid($"'{target.Host}' is an IPv6 address, which SOCKS 4 cannot reach.", "Use a SOCKS 5 or HTTP proxy.",
            proxy.ToString());

    /// <summary>The proxy itself is not reached.</summary>
    public static ImapException ProxyUnreachable(ProxyServer proxy, ImapException why) =>
        Proxied(proxy, $"The proxy '{proxy}' is not reached: {why.Message}", "Check the host and the port of the proxy.",
            why.InnerException);

    public static ImapException ProxyEnded(ProxyServer proxy, Exception inner) =>
        Proxied(proxy, $"The proxy '{proxy}' ended the connection before it had connected to the server.",
            "Check what the proxy speaks (SOCKS or HTTP), and that it allows the connection.", inner);

    public static ImapException ProxySpeaksOther(ProxyServer proxy) =>
        Proxied(proxy, $"'{proxy}' does not answer as a proxy of this kind does.", $"Check what it speaks. {ProxyForms}");

    public static ImapException ProxyTlsFailed(ProxyServer proxy, Exception inner) =>
        Proxied(proxy, $"TLS with the proxy '{proxy}' failed: {DisplayText.Printable(inner.InnerException?.Message ?? inner.Message)}",
            "Most proxies are http://, also for encrypted connections. For https:// the proxy needs a certificate that is trusted here.",
            inner);

    /// <param name="proxy">The proxy.</param>
    /// <param name="words">What it says.</param>
    /// <param name="wanted">How it wants to be told who uses it; null when it does not say.</param>
    public static ImapException ProxyCredentialRefused(ProxyServer proxy, string words, IReadOnlyCollection<string>? wanted = null)
    {
        string said = words.Length == 0 ? "." : $": {DisplayText.Printable(words)}";
        bool isBasic = wanted is null or { Count: 0 } || wanted.Contains("Basic", StringComparer.OrdinalIgnoreCase);
        return Proxied(proxy,
            proxy.Credential is null ? $"The proxy '{proxy}' wants a user name and a password{said}"
                : $"The proxy '{proxy}' did not accept its credential{said}",
            !isBasic ? $"The proxy wants {DisplayText.Printable(string.Join(" or ", wanted!))}, which this module cannot do."
                : proxy.Credential is null ? "Give them with -ProxyCredential." : "Check -ProxyCredential.");
    }

    /// <summary>The proxy is there, and does not want to.</summary>
    public static ImapException ProxyRefuses(ProxyServer proxy, ServerAddress target, string words) =>
        Proxied(proxy, $"The proxy '{proxy}' refuses a connection to '{target.Host}' on port {Number(target.Port)}: "
            + $"{DisplayText.Printable(words)}",
            "Ask the administrator of the proxy to allow the port. Many HTTP proxies allow 443 only.");

    /// <summary>The proxy has tried, and the server is not there.</summary>
    public static ImapException UnreachableBehind(ProxyServer proxy, ServerAddress target, string words) =>
        new(ImapErrorId.ConnectionFailed,
            $"The proxy '{proxy}' cannot connect to '{target.Host}' on port {Number(target.Port)}: {DisplayText.Printable(words)}",
            "Check the host name and the port of the server. " + WithoutProxy(proxy),
            target.Host);

    public static ImapException ProxyTimeout(ProxyServer proxy, ServerAddress target, int seconds, Exception inner) =>
        new(ImapErrorId.Timeout,
            $"The proxy '{proxy}' did not connect to '{target.Host}' on port {Number(target.Port)} within {Number(seconds)} seconds.",
            "Check the proxy and the server. If they are slow, connect with a larger -TimeoutSeconds. " + WithoutProxy(proxy),
            target.Host,
            inner);

    private static ImapException Proxied(ProxyServer proxy, string message, string action, Exception? inner = null) =>
        new(ImapErrorId.ProxyFailed, message, $"{action} {WithoutProxy(proxy)}".TrimEnd(), proxy.ToString(), inner);

    private static string WithoutProxy(ProxyServer proxy) => proxy.Variable is null ? string.Empty
        : $"The proxy is that of the environment variable {proxy.Variable}. -NoProxy connects without it.";
}

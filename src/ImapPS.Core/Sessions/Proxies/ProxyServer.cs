using System;
using System.Net;
using System.Text.RegularExpressions;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>What a proxy speaks.</summary>
internal enum ProxyProtocol
{
    /// <summary>SOCKS 5 (RFC 1928).</summary>
    Socks5,

    /// <summary>SOCKS 4, which knows no names of hosts and no IPv6.</summary>
    Socks4,

    /// <summary>SOCKS 4a, which knows names of hosts.</summary>
    Socks4a,

    /// <summary>HTTP with CONNECT (RFC 9110, 9.3.6).</summary>
    Http,

    /// <summary>The same in TLS.</summary>
    Https,
}

/// <summary>A proxy, through which a server is reached.</summary>
/// <param name="Protocol">What it speaks.</param>
/// <param name="Host">Its host.</param>
/// <param name="Port">Its port.</param>
internal sealed record ProxyServer(ProxyProtocol Protocol, string Host, int Port)
{
    private const int SocksPort = 1080;

    private static readonly Regex _hasScheme = new(@"\A[a-z][a-z0-9+.-]*://", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        TimeSpan.FromSeconds(1));

    /// <summary>Who uses it; null for nobody in particular.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>The variable of the environment that names it; null for -Proxy.</summary>
    public string? Variable { get; init; }

    public bool IsHttp => Protocol is ProxyProtocol.Http or ProxyProtocol.Https;

    /// <summary>The proxy of -Proxy. A URL on a command line is logged: a password has no place in it.</summary>
    public static ProxyServer Parse(string text, NetworkCredential? credential)
    {
        (ProxyServer proxy, NetworkCredential? inUrl) = TryParse(text) ?? throw Failures.ProxyInvalid(text);
        return inUrl is null ? proxy with { Credential = credential } : throw Failures.CredentialInProxy();
    }

    /// <summary>The proxy that a variable of the environment names, where a password is usual.</summary>
    public static ProxyServer OfVariable(string variable, string text, NetworkCredential? credential)
    {
        (ProxyServer proxy, NetworkCredential? inUrl) = TryParse(text) ?? throw Failures.ProxyVariableInvalid(variable);
        return proxy with { Credential = credential ?? inUrl, Variable = variable };
    }

    /// <summary>Its URL, without the credential.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{Protocol.ToString().ToLowerInvariant()}://{(Host.IndexOf(':') < 0 ? Host : $"[{Host}]")}:{Port}");

    private static (ProxyServer Proxy, NetworkCredential? Credential)? TryParse(string text)
    {
        text = text.Trim();

        // As in curl: what says nothing else is HTTP.
        if (!_hasScheme.IsMatch(text)) text = "http://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Host.Length == 0 || url.PathAndQuery.Trim('/').Length > 0
            || ProtocolOf(url.Scheme) is not { } protocol)
        {
            return null;
        }

        string[] user = url.UserInfo.Split([':'], 2);
        return (new ProxyServer(protocol, url.IdnHost.Trim('[', ']'), url.Port > 0 ? url.Port : SocksPort),
            url.UserInfo.Length == 0 ? null
                : new NetworkCredential(Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : string.Empty));
    }

    /// <summary>The h of curl says that the proxy resolves names, which is what happens anyway.</summary>
    private static ProxyProtocol? ProtocolOf(string scheme) => scheme switch
    {
        "socks5" or "socks5h" or "socks" => ProxyProtocol.Socks5,
        "socks4" => ProxyProtocol.Socks4,
        "socks4a" => ProxyProtocol.Socks4a,
        "http" => ProxyProtocol.Http,
        "https" => ProxyProtocol.Https,
        _ => null,
    };
}

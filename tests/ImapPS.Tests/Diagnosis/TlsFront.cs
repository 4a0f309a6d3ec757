using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Diagnosis;

/// <summary>TLS from the first octet in front of a server that has none.</summary>
internal static class TlsFront
{
    /// <param name="port">Who speaks behind it.</param>
    /// <param name="certificate">The certificate that it shows.</param>
    /// <param name="sent">The issuers that it sends along; .NET leaves out a root.</param>
    /// <param name="protocols">The versions of TLS that it knows.</param>
    public static LoopbackServer Start(int port, X509Certificate2 certificate, X509Certificate2[]? sent = null,
        SslProtocols protocols = SslProtocols.None)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [.. sent ?? []], offline: true),
            EnabledSslProtocols = protocols,
        };
        return LoopbackServer.Start(async (stream, closing) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(options, closing);
            await LoopbackServer.RelayAsync(tls, port, closing);
        });
    }
}

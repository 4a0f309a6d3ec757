using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ImapPS.Tests.Diagnosis;

/// <summary>TLS from the first octet in front of a server that has none.</summary>
internal static class TlsFront
{
    /// <param name="port">Who speaks behind it.</param>
    /// <param name="certificate">The certificate that it shows.</param>
    /// <param name="sent">The issuers that it sends along; .NET leaves out a root.</param>
    /// <param name="protocols">The versions of TLS that it knows.</param>
    public static DialogueServer Start(int port, X509Certificate2 certificate, X509Certificate2[]? sent = null,
        SslProtocols protocols = SslProtocols.None)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [.. sent ?? []], offline: true),
            EnabledSslProtocols = protocols,
        };
        return DialogueServer.Start(async (stream, closing) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(options, closing);
            using var back = new TcpClient();
            await back.ConnectAsync(IPAddress.Loopback, port, closing);
            Task[] ways = [tls.CopyToAsync(back.GetStream(), closing), back.GetStream().CopyToAsync(tls, closing)];
            await await Task.WhenAny(ways);
        });
    }
}

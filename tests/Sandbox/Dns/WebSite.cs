using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// A web site on loopback, over HTTPS, with an authority of its own. To a client that takes it for its proxy (CONNECT), it is every site.
/// </summary>
public sealed class WebSite : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly LoopbackServer _server;
    private readonly X509Certificate2 _certificate;

    private WebSite(IEnumerable<string> hosts)
    {
        (Authority, _certificate) = Certify(hosts);
        _server = LoopbackServer.Start(ServeAsync);
    }

    public int Port => _server.Port;

    /// <summary>The certificate of the authority, in PEM.</summary>
    public string Authority { get; }

    /// <summary>What was asked for: the host, and the path with its query.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <param name="hosts">The names in the site's certificate.</param>
    public static WebSite Start(params string[] hosts) => new(hosts);

    /// <summary>Answers requests for a host and a path.</summary>
    public WebSite On(string hostAndPath, string body, string status = "200 OK", string headers = "")
    {
        _answers[hostAndPath] = $"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}"
            + $"\r\n{body}";
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task ServeAsync(NetworkStream plain, CancellationToken closing)
    {
        var first = new byte[1];
        if (await plain.Socket.ReceiveAsync(first, SocketFlags.Peek, closing) == 0) return;

        if (first[0] == (byte)'C')
        {
            await ReadHeadAsync(plain, closing);
            await plain.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), closing);
        }

        await using var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, closing);
        await AnswerAsync(tls, closing);
    }

    private async Task AnswerAsync(SslStream stream, CancellationToken closing)
    {
        string[] head = (await ReadHeadAsync(stream, closing)).Split("\r\n");
        string path = head[0].Split(' ')[1];
        string host = Array.Find(head, line => line.StartsWith("Host: ", StringComparison.OrdinalIgnoreCase))!["Host: ".Length..];
        _requests.Enqueue(host + path);
        if (!_answers.TryGetValue(host + path.Split('?')[0], out string? answer))
        {
            answer = "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        }

        // It takes the request, and says no more.
        if (answer.Contains("Content-Length: 0\r\nX-Silent", StringComparison.Ordinal)) await Task.Delay(Timeout.Infinite, closing);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), closing);
    }

    private static async Task<string> ReadHeadAsync(Stream stream, CancellationToken closing)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(octet, closing) == 0) throw new EndOfStreamException();

            head.Append((char)octet[0]);
        }

        return head.ToString();
    }

    private static (string Authority, X509Certificate2 Certificate) Certify(IEnumerable<string> hosts)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of the test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));

        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var site = new CertificateRequest("CN=Site of the test", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in hosts) names.AddDnsName(host);
        site.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = site.Create(
            authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 whole = signed.CopyWithPrivateKey(own);
        return (authority.ExportCertificatePem(), X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), password: null));
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
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
    private readonly CancellationTokenSource _closing = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly Task _accepting;

    private WebSite(IEnumerable<string> hosts)
    {
        (Authority, _certificate) = Certify(hosts);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

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
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _certificate.Dispose();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true) serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_closing.Token)));
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        await Task.Yield();
        try
        {
            await using var plain = new NetworkStream(client, ownsSocket: true);
            var first = new byte[1];
            if (await client.ReceiveAsync(first, SocketFlags.Peek, _closing.Token) == 0) return;

            if (first[0] == (byte)'C')
            {
                await ReadHeadAsync(plain);
                await plain.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _closing.Token);
            }

            await using var tls = new SslStream(plain);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _closing.Token);
            await AnswerAsync(tls);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or AuthenticationException)
        {
            // The client has seen enough.
        }
    }

    private async Task AnswerAsync(SslStream stream)
    {
        string[] head = (await ReadHeadAsync(stream)).Split("\r\n");
        string path = head[0].Split(' ')[1];
        string host = Array.Find(head, line => line.StartsWith("Host: ", StringComparison.OrdinalIgnoreCase))!["Host: ".Length..];
        _requests.Enqueue(host + path);
        if (!_answers.TryGetValue(host + path.Split('?')[0], out string? answer))
        {
            answer = "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        }

        // It takes the request, and says no more.
        if (answer.Contains("Content-Length: 0\r\nX-Silent", StringComparison.Ordinal)) await Task.Delay(Timeout.Infinite, _closing.Token);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _closing.Token);
    }

    private async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(octet, _closing.Token) == 0) throw new EndOfStreamException();

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

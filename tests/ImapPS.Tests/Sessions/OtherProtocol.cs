using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>A port that speaks something: it greets, if it speaks first, and answers everything with one text.</summary>
internal sealed class OtherProtocol : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly string? _greeting;
    private readonly string? _answer;
    private readonly X509Certificate2? _certificate;
    private readonly TimeSpan _pause;

    private OtherProtocol(string? greeting, string? answer, bool inTls, TimeSpan pause)
    {
        _greeting = greeting;
        _answer = answer;
        _pause = pause;
        if (inTls) _certificate = CreateCertificate();
        _server = LoopbackServer.Start(ServeAsync);
    }

    public int Port => _server.Port;

    /// <param name="greeting">What it says first; null to wait for the client.</param>
    /// <param name="answer">What it says to anything; null for nothing.</param>
    /// <param name="inTls">Whether it speaks TLS from the first byte.</param>
    /// <param name="pause">How long before it greets.</param>
    public static OtherProtocol Start(string? greeting, string? answer = null, bool inTls = false, TimeSpan pause = default) =>
        new(greeting, answer, inTls, pause);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate?.Dispose();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
    }

    private async Task ServeAsync(Stream client, CancellationToken closing)
    {
        await using Stream stream = await StreamAsync(client, closing);
        await Task.Delay(_pause, closing);
        if (_greeting is not null) await stream.WriteAsync(Encoding.ASCII.GetBytes(_greeting + "\r\n"), closing);
        byte[] buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, closing) > 0)
        {
            if (_answer is not null) await stream.WriteAsync(Encoding.ASCII.GetBytes(_answer + "\r\n"), closing);
        }
    }

    private async Task<Stream> StreamAsync(Stream plain, CancellationToken closing)
    {
        if (_certificate is null) return plain;

        var tls = new SslStream(plain, leaveInnerStreamOpen: false);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, closing);
        return tls;
    }
}

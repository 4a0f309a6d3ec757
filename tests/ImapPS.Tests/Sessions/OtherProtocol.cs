using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ImapPS.Tests.Sessions;

/// <summary>A port that speaks something: it greets, if it speaks first, and answers everything with one text.</summary>
internal sealed class OtherProtocol : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly string? _greeting;
    private readonly string? _answer;
    private readonly X509Certificate2? _certificate;
    private readonly TimeSpan _pause;
    private readonly Task _accepting;

    private OtherProtocol(string? greeting, string? answer, bool inTls, TimeSpan pause)
    {
        _greeting = greeting;
        _answer = answer;
        _pause = pause;
        if (inTls) _certificate = CreateCertificate();
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <param name="greeting">What it says first; null to wait for the client.</param>
    /// <param name="answer">What it says to anything; null for nothing.</param>
    /// <param name="inTls">Whether it speaks TLS from the first byte.</param>
    /// <param name="pause">How long before it greets.</param>
    public static OtherProtocol Start(string? greeting, string? answer = null, bool inTls = false, TimeSpan pause = default) =>
        new(greeting, answer, inTls, pause);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _certificate?.Dispose();
        _closing.Dispose();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
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
            await using Stream stream = await StreamAsync(client);
            await Task.Delay(_pause, _closing.Token);
            if (_greeting is not null) await stream.WriteAsync(Encoding.ASCII.GetBytes(_greeting + "\r\n"), _closing.Token);
            byte[] buffer = new byte[4096];
            while (await stream.ReadAsync(buffer, _closing.Token) > 0)
            {
                if (_answer is not null) await stream.WriteAsync(Encoding.ASCII.GetBytes(_answer + "\r\n"), _closing.Token);
            }
        }
        catch (Exception gone)
            when (gone is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client has seen enough.
        }
    }

    private async Task<Stream> StreamAsync(Socket client)
    {
        var plain = new NetworkStream(client, ownsSocket: true);
        if (_certificate is null) return plain;

        var tls = new SslStream(plain, leaveInnerStreamOpen: false);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _closing.Token);
        return tls;
    }
}

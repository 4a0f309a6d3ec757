using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ImapPS.Tests.Diagnosis;

/// <summary>TLS from the first octet in front of a server that has none.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly SslServerAuthenticationOptions _options;
    private readonly int _port;
    private readonly Task _accepting;

    private TlsFront(int port, SslServerAuthenticationOptions options)
    {
        (_port, _options) = (port, options);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port that speaks TLS.</summary>
    public int Port { get; }

    /// <param name="port">Who speaks behind it.</param>
    /// <param name="certificate">The certificate that it shows.</param>
    /// <param name="sent">The issuers that it sends along.</param>
    /// <param name="protocols">The versions of TLS that it knows.</param>
    public static TlsFront Start(int port, X509Certificate2 certificate, X509Certificate2[]? sent = null,
        SslProtocols protocols = SslProtocols.None) =>
        new(port, new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [.. sent ?? []], offline: true),
            EnabledSslProtocols = protocols,
        });

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
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
            await using var tls = new SslStream(new NetworkStream(client, ownsSocket: true));
            await tls.AuthenticateAsServerAsync(_options, _closing.Token);
            using var back = new TcpClient();
            await back.ConnectAsync(IPAddress.Loopback, _port, _closing.Token);
            Task[] ways = [tls.CopyToAsync(back.GetStream(), _closing.Token), back.GetStream().CopyToAsync(tls, _closing.Token)];
            await (await Task.WhenAny(ways));
        }
        catch (Exception gone)
            when (gone is IOException or OperationCanceledException or AuthenticationException or SocketException or ObjectDisposedException)
        {
            // Either side has seen enough.
        }
    }
}

using System;
using System.Collections.Immutable;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// A proxy that says what a test tells it to: to each thing that it is sent the next answer. Behind the last one it connects its client to
/// a port of this machine, wherever that wanted to go, or hangs up.
/// </summary>
public sealed class ScriptedProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly byte[][] _answers;
    private readonly int? _relayTo;
    private readonly Task _accepting;
    private ImmutableList<byte[]> _requests = [];
    private ImmutableList<Task> _running = [];

    private readonly X509Certificate2? _certificate;

    private ScriptedProxy(int? relayTo, byte[][] answers, X509Certificate2? certificate = null)
    {
        _relayTo = relayTo;
        _certificate = certificate;
        _answers = answers;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it was sent, of all connections.</summary>
    public ImmutableList<byte[]> Requests => Volatile.Read(ref _requests);

    /// <summary>Starts one.</summary>
    /// <param name="relayTo">The port to connect clients to; null to hang up.</param>
    /// <param name="answers">What to say.</param>
    public static ScriptedProxy Start(int? relayTo, params byte[][] answers) => new(relayTo, answers);

    /// <summary>Starts one that speaks TLS.</summary>
    public static ScriptedProxy StartTls(X509Certificate2 certificate, int? relayTo, params byte[][] answers) =>
        new(relayTo, answers, certificate);

    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested) return;
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_running);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_closing.Token);
                _running = _running.Add(ServeAsync(client));
            }
            catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = await OpenAsync(client.GetStream());
            var buffer = new byte[4096];
            foreach (var answer in _answers)
            {
                var count = await stream.ReadAsync(buffer, _closing.Token);
                if (count == 0) return;
                ImmutableInterlocked.Update(ref _requests, (list, request) => list.Add(request), buffer[..count]);
                await stream.WriteAsync(answer, _closing.Token);
            }

            if (_relayTo is not { } port) return;
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, port, _closing.Token);
            var there = server.GetStream();
            await Task.WhenAny(stream.CopyToAsync(there, _closing.Token), there.CopyToAsync(stream, _closing.Token));
        }
        catch (Exception closed)
            when (closed is IOException or OperationCanceledException or SocketException or AuthenticationException)
        {
            // One of the two has gone.
        }
    }

    private async Task<Stream> OpenAsync(NetworkStream stream)
    {
        if (_certificate is null) return stream;
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _closing.Token);
        return tls;
    }
}

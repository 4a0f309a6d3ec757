using System;
using System.Collections.Immutable;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
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
    private readonly LoopbackServer _server;
    private readonly byte[][] _answers;
    private readonly int? _relayTo;
    private ImmutableList<byte[]> _requests = [];

    private readonly X509Certificate2? _certificate;

    private ScriptedProxy(int? relayTo, byte[][] answers, X509Certificate2? certificate = null)
    {
        _relayTo = relayTo;
        _certificate = certificate;
        _answers = answers;
        _server = LoopbackServer.Start(ServeAsync);
    }

    public int Port => _server.Port;

    /// <summary>What it was sent, of all connections.</summary>
    public ImmutableList<byte[]> Requests => Volatile.Read(ref _requests);

    /// <summary>Starts one.</summary>
    /// <param name="relayTo">The port to connect clients to; null to hang up.</param>
    /// <param name="answers">What to say.</param>
    public static ScriptedProxy Start(int? relayTo, params byte[][] answers) => new(relayTo, answers);

    /// <summary>Starts one that speaks TLS.</summary>
    public static ScriptedProxy StartTls(X509Certificate2 certificate, int? relayTo, params byte[][] answers) =>
        new(relayTo, answers, certificate);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(NetworkStream client, CancellationToken closing)
    {
        await using var stream = await OpenAsync(client, closing);
        var buffer = new byte[4096];
        foreach (var answer in _answers)
        {
            var count = await stream.ReadAsync(buffer, closing);
            if (count == 0) return;
            ImmutableInterlocked.Update(ref _requests, (list, request) => list.Add(request), buffer[..count]);
            await stream.WriteAsync(answer, closing);
        }

        if (_relayTo is { } port) await LoopbackServer.RelayAsync(stream, port, closing);
    }

    private async Task<Stream> OpenAsync(NetworkStream stream, CancellationToken closing)
    {
        if (_certificate is null) return stream;
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, closing);
        return tls;
    }
}

using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>A server that says what was recorded of another: plain, on a port of loopback. It plays one replay after another.</summary>
public sealed class ReplayServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly Task _accepting;
    private volatile Replay? _replay;

    private ReplayServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port to connect to, on 127.0.0.1.</summary>
    public int Port { get; }

    public static ReplayServer Start() => new();

    /// <summary>Says this on the connections from now on; null for a server that accepts none.</summary>
    public void Play(Replay? replay) => _replay = replay;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_running.Keys);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(_closing.Token);
                var served = ServeAsync(socket, _replay);
                _running[served] = true;
                _ = served.ContinueWith(ended => _running.TryRemove(ended, out _), TaskScheduler.Default);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The connection disposes of the socket.")]
    private async Task ServeAsync(Socket socket, Replay? replay)
    {
        await Task.Yield();
        using var connection = new ReplayConnection(socket, replay, _closing.Token);
        try
        {
            await connection.RunAsync();
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side has closed.
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Running;

/// <summary>
/// A long line: what comes leaves in the same order and at full speed, each chunk so much later. It reads nothing of IMAP, so it costs
/// little beside the delay.
/// </summary>
internal sealed class DelayRelay : IAsyncDisposable
{
    private const int ChunkOctets = 65_536;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly int _serverPort;
    private readonly TimeSpan _delay;
    private readonly Task _accepting;
    private readonly List<Task> _running = [];

    public DelayRelay(int serverPort, TimeSpan delay)
    {
        _serverPort = serverPort;
        _delay = delay;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_running);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _running.Add(ServeAsync(await _listener.AcceptSocketAsync(_closing.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The relay closes.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        await Task.Yield();
        client.NoDelay = true;
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _closing.Token);
            await using var near = new NetworkStream(client, ownsSocket: true);
            await using var far = new NetworkStream(server, ownsSocket: false);
            await Task.WhenAny(CarryAsync(near, far), CarryAsync(far, near));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The client sees its connection closed.
        }
    }

    private async Task CarryAsync(NetworkStream from, NetworkStream to)
    {
        var line = new DelayLine();
        var delivery = DeliverAsync();
        var buffer = new byte[ChunkOctets];
        try
        {
            while (await from.ReadAsync(buffer, _closing.Token) is > 0 and var count)
                await line.SendAsync(buffer[..count], _delay, _closing.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Either end is gone.
        }

        line.Complete();
        await delivery;

        async Task DeliverAsync()
        {
            try
            {
                await line.DeliverAsync(bytes => to.WriteAsync(bytes, _closing.Token), () => 0, _closing.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // Either end is gone.
            }
        }
    }
}

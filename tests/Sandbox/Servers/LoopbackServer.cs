using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>A port of loopback on which somebody speaks to each client: beside each other, until either side has had enough.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _speak;
    private readonly Task _accepting;

    private LoopbackServer(Func<NetworkStream, CancellationToken, Task> speak)
    {
        _speak = speak;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <param name="speak">Speaks to one client. The token says that the port closes.</param>
    public static LoopbackServer Start(Func<NetworkStream, CancellationToken, Task> speak) => new(speak);

    /// <summary>Carries all that is said to another port of loopback and back, until one side closes.</summary>
    public static async Task RelayAsync(Stream client, int port, CancellationToken cancellationToken)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var there = server.GetStream();
        await await Task.WhenAny(client.CopyToAsync(there, cancellationToken), there.CopyToAsync(client, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested) return;
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
            await using var stream = new NetworkStream(client, ownsSocket: true);
            await _speak(stream, _closing.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or ObjectDisposedException
            or AuthenticationException)
        {
            // Either side has had enough.
        }
    }
}

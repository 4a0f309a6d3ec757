using System.Net;
using System.Net.Sockets;

namespace ImapPS.Tests.Diagnosis;

/// <summary>A port on which the test itself speaks to each client.</summary>
internal sealed class DialogueServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<Stream, CancellationToken, Task> _speak;
    private readonly Task _accepting;

    private DialogueServer(Func<Stream, CancellationToken, Task> speak)
    {
        _speak = speak;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public static DialogueServer Start(Func<Stream, CancellationToken, Task> speak) => new(speak);

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
            await using var stream = new NetworkStream(client, ownsSocket: true);
            await _speak(stream, _closing.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException
            or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // Either side has seen enough.
        }
    }
}

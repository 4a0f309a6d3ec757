using System.Net;
using System.Net.Sockets;

namespace ImapPS.Tests.Discovery;

/// <summary>An HTTP proxy (CONNECT) that leads every server's name to one port of this computer.</summary>
internal sealed class Tunnel : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly int _target;
    private readonly Task _accepting;

    private Tunnel(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public static Tunnel To(int port) => new(port);

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
            while (true) serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _closing.Token);
                NetworkStream here = client.GetStream();
                NetworkStream there = server.GetStream();
                await ReadHeadAsync(here);
                await here.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _closing.Token);
                await Task.WhenAny(here.CopyToAsync(there, _closing.Token), there.CopyToAsync(here, _closing.Token));
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
            {
                // One of the two has closed.
            }
        }
    }

    private async Task ReadHeadAsync(NetworkStream stream)
    {
        int ends = 0;
        var octet = new byte[1];
        while (ends < 4)
        {
            if (await stream.ReadAsync(octet, _closing.Token) == 0) throw new EndOfStreamException();

            ends = octet[0] is (byte)'\r' or (byte)'\n' ? ends + 1 : 0;
        }
    }
}

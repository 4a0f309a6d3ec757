using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Web;

namespace ImapPS.Tests.OAuth;

/// <summary>
/// An authorization server that answers what it is told to. To a client that takes it for its proxy, it refuses everything.
/// </summary>
internal sealed class StrangeIssuer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<Stream, Task>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;

    public StrangeIssuer()
    {
        _listener.Start();
        On("/.well-known/openid-configuration", Document());
        On("/jwks", """{"keys":[]}""");
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>The first lines of what was asked.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public string Document(string without = "") =>
        $$"""
        {"issuer":"{{Address}}","authorization_endpoint":"{{Address}}/auth","token_endpoint":"{{Address}}/token",
        "jwks_uri":"{{Address}}/jwks"{{(without == "device" ? "" : $",\"device_authorization_endpoint\":\"{Address}/device\"")}}}
        """;

    public void On(string path, string body, string status = "200 OK") => _answers[path] = stream => SendAsync(stream,
        $"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>Takes the request, and says no more.</summary>
    public void Stall(string path) => _answers[path] = _ => Task.Delay(Timeout.Infinite, _closing.Token);

    /// <summary>Sends an answer that never ends.</summary>
    public void Pour(string path, string piece, TimeSpan pause) => _answers[path] = async stream =>
    {
        await SendAsync(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"access_token\":\"");
        while (true)
        {
            await SendAsync(stream, piece);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, _closing.Token);
        }
    };

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
            string request = await ReadAsync(stream);
            _requests.Enqueue(request);
            string[] words = request.Split(' ');
            if (words[1].StartsWith("/auth?", StringComparison.Ordinal)) await SendAsync(stream, Confused(words[1]));
            else if (words[0] != "CONNECT" && _answers.TryGetValue(words[1], out Func<Stream, Task>? answer)) await answer(stream);
            else await SendAsync(stream, "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
        {
            // The client has seen enough.
        }
    }

    /// <summary>Sends the browser back with the code of another issuer (RFC 9207).</summary>
    private static string Confused(string login)
    {
        NameValueCollection query = HttpUtility.ParseQueryString(login.Split('?')[1]);
        return $"HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: {query["redirect_uri"]}?code=c"
            + $"&state={query["state"]}&iss=https%3A%2F%2Fother.example\r\n\r\n";
    }

    /// <summary>Reads a request to its end, and returns its first line.</summary>
    private async Task<string> ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, false, 1, leaveOpen: true);
        string first = await reader.ReadLineAsync(_closing.Token) ?? "";
        int length = 0;
        while (await reader.ReadLineAsync(_closing.Token) is { Length: > 0 } line)
        {
            if (!line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) continue;

            length = int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
        }

        if (length > 0) await reader.ReadBlockAsync(new char[length], _closing.Token);
        return first;
    }

    private async Task SendAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), _closing.Token);
}

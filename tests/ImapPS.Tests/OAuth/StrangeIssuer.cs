using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using System.Text;
using System.Web;
using ImapPS.Sandbox;

namespace ImapPS.Tests.OAuth;

/// <summary>
/// An authorization server that answers what it is told to. To a client that takes it for its proxy, it refuses everything.
/// </summary>
internal sealed class StrangeIssuer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<Stream, CancellationToken, Task>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly LoopbackServer _server;

    public StrangeIssuer()
    {
        _server = LoopbackServer.Start(ServeAsync);
        On("/.well-known/openid-configuration", Document());
        On("/jwks", """{"keys":[]}""");
    }

    public int Port => _server.Port;

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>The first lines of what was asked.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public string Document(string without = "") =>
        $$"""
        {"issuer":"{{Address}}","authorization_endpoint":"{{Address}}/auth","token_endpoint":"{{Address}}/token",
        "jwks_uri":"{{Address}}/jwks"{{(without == "device" ? "" : $",\"device_authorization_endpoint\":\"{Address}/device\"")}}}
        """;

    public void On(string path, string body, string status = "200 OK") => _answers[path] = (stream, closing) => SendAsync(stream,
        $"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}", closing);

    /// <summary>Takes the request, and says no more.</summary>
    public void Stall(string path) => _answers[path] = (_, closing) => Task.Delay(Timeout.Infinite, closing);

    /// <summary>Sends an answer that never ends.</summary>
    public void Pour(string path, string piece, TimeSpan pause) => _answers[path] = async (stream, closing) =>
    {
        await SendAsync(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"access_token\":\"", closing);
        while (true)
        {
            await SendAsync(stream, piece, closing);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, closing);
        }
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(Stream stream, CancellationToken closing)
    {
        string request = await ReadAsync(stream, closing);
        _requests.Enqueue(request);
        string[] words = request.Split(' ');
        if (words[1].StartsWith("/auth?", StringComparison.Ordinal)) await SendAsync(stream, Confused(words[1]), closing);
        else if (words[0] != "CONNECT" && _answers.TryGetValue(words[1], out var answer)) await answer(stream, closing);
        else await SendAsync(stream, "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", closing);
    }

    /// <summary>Sends the browser back with the code of another issuer (RFC 9207).</summary>
    private static string Confused(string login)
    {
        NameValueCollection query = HttpUtility.ParseQueryString(login.Split('?')[1]);
        return $"HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: {query["redirect_uri"]}?code=c"
            + $"&state={query["state"]}&iss=https%3A%2F%2Fother.example\r\n\r\n";
    }

    /// <summary>Reads a request to its end, and returns its first line.</summary>
    private static async Task<string> ReadAsync(Stream stream, CancellationToken closing)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, false, 1, leaveOpen: true);
        string first = await reader.ReadLineAsync(closing) ?? "";
        int length = 0;
        while (await reader.ReadLineAsync(closing) is { Length: > 0 } line)
        {
            if (!line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) continue;

            length = int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
        }

        if (length > 0) await reader.ReadBlockAsync(new char[length], closing);
        return first;
    }

    private static async Task SendAsync(Stream stream, string text, CancellationToken closing) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), closing);
}

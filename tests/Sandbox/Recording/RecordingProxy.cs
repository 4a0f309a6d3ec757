using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>Stands between a client and a server's plain port, and records what they say, on one connection after another.</summary>
public sealed class RecordingProxy : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly int _serverPort;
    private readonly Recording _recording;
    private readonly MemoryStream _said = new();
    private readonly Task _running;
    private string _tag = "*";
    private bool _isAnswered;

    private RecordingProxy(int serverPort, Recording recording)
    {
        _serverPort = serverPort;
        _recording = recording;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _running = RunAsync();
    }

    /// <summary>The port to connect to, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Called with each command that begins.</summary>
    public Func<RecordedExchange, Task>? Begun { get; set; }

    public static RecordingProxy Start(int serverPort, Recording recording) => new(serverPort, recording);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _running;
        _closing.Dispose();
        _said.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_closing.IsCancellationRequested) await ServeAsync();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var client = new NetworkStream(await _listener.AcceptSocketAsync(_closing.Token), ownsSocket: true);
            lock (_lock)
            {
                _recording.Exchanges.Add(new RecordedExchange(""));
                (_tag, _isAnswered) = ("*", false);
            }

            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, _serverPort, _closing.Token);
            using var server = new NetworkStream(socket, ownsSocket: true);
            await Task.WhenAny(ReadAnswersAsync(server, client), ReadCommandsAsync(client, server));
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
        {
            // Either side has closed.
        }

        lock (_lock) Flush();
    }

    private async Task ReadAnswersAsync(Stream server, Stream client)
    {
        var buffer = new byte[16 * 1024];
        while (await server.ReadAsync(buffer, _closing.Token) is > 0 and var count)
        {
            lock (_lock)
            {
                _said.Write(buffer, 0, count);
                _isAnswered = IsAnswered();
            }

            await client.WriteAsync(buffer.AsMemory(0, count), _closing.Token);
        }
    }

    private async Task ReadCommandsAsync(Stream client, Stream server)
    {
        var reader = new ImapReader(client);
        var isLiteral = false;
        while (await reader.ReadLineAsync(_closing.Token) is { } line)
        {
            RecordedExchange? begun = null;
            var literal = ImapReader.LiteralAfter(line);
            lock (_lock)
            {
                // The go-ahead for a literal is no answer.
                if (isLiteral) _said.SetLength(0);
                else begun = Note(Encoding.UTF8.GetString(line).TrimEnd('\r', '\n'));
            }

            await server.WriteAsync(line, _closing.Token);
            if (begun is not null && Begun is { } tell) _ = tell(begun);
            isLiteral = literal is not null;
            for (var left = literal?.Length ?? 0; left > 0;)
            {
                var some = await reader.ReadSomeAsync(left, _closing.Token);
                if (some.Length == 0) return;
                left -= some.Length;
                await server.WriteAsync(some, _closing.Token);
            }
        }
    }

    private RecordedExchange? Note(string line)
    {
        var isNew = _isAnswered;
        Flush();
        if (!isNew) return null;

        _isAnswered = false;
        var words = line.Split(' ', 2);
        _tag = words[0];
        var command = words.ElementAtOrDefault(1) ?? "";
        var secret = RecordedExchange.VerbOf(command) switch
        {
            "LOGIN" => 1,
            "AUTHENTICATE" => 2,
            _ => int.MaxValue,
        };
        var exchange = new RecordedExchange(string.Join(' ', command.Split(' ').Take(secret)));
        _recording.Exchanges.Add(exchange);
        return exchange;
    }

    private bool IsAnswered()
    {
        var said = Encoding.Latin1.GetString(_said.ToArray());
        return said.EndsWith('\n')
            && (said.StartsWith(_tag + " ", StringComparison.Ordinal) || said.Contains($"\n{_tag} ", StringComparison.Ordinal));
    }

    /// <summary>What the server has said is one answer.</summary>
    private void Flush()
    {
        if (_said.Length == 0) return;

        var said = Encoding.Latin1.GetString(_said.ToArray());
        if (_tag != "*") said = said.Replace(_tag, Recording.Tag, StringComparison.Ordinal);
        _recording.Exchanges[^1].Answers.Add(Encoding.Latin1.GetBytes(said));
        _said.SetLength(0);
    }
}

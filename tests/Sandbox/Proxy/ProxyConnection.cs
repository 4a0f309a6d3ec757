using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>One client at the proxy, and its connection to the server.</summary>
internal sealed class ProxyConnection : IDisposable
{
    private readonly FaultProxy _proxy;
    private readonly int _number;
    private readonly Socket _client;
    private readonly Socket _server;
    private readonly NetworkStream _clientStream;
    private readonly NetworkStream _serverStream;
    private readonly DelayLine _toClient = new();
    private readonly DelayLine _toServer = new();
    private readonly CancellationTokenSource _cut;

    private volatile string? _cutWhenAnswered;
    private volatile string? _opaqueAfter;
    private volatile HeldAnswer? _held;
    private volatile bool _stalled;
    private long _cutAfter = long.MaxValue;
    private long _cutServerAfter = long.MaxValue;

    public ProxyConnection(FaultProxy proxy, int number, Socket client, Socket server, CancellationToken cancellationToken)
    {
        _proxy = proxy;
        _number = number;
        _client = client;
        _server = server;
        _clientStream = new NetworkStream(client, ownsSocket: true);
        _serverStream = new NetworkStream(server, ownsSocket: true);
        _cut = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Closes both sides now.</summary>
    public void Cut() => _cut.Cancel();

    /// <summary>The client sees nothing more; the connection goes when the server has answered this tag.</summary>
    public void CutWhenAnswered(string tag) => _cutWhenAnswered = tag;

    /// <summary>The client sees the answer to this tag when the work is done.</summary>
    public void HoldAnswer(string tag, Func<Task> work) => _held = new HeldAnswer(tag, work);

    /// <summary>The client sees so many bytes more, and the connection goes.</summary>
    public void CutAfter(long bytes) => Interlocked.Exchange(ref _cutAfter, bytes);

    /// <summary>The server sees so many bytes more, and the connection goes.</summary>
    public void CutServerAfter(long bytes) => Interlocked.Exchange(ref _cutServerAfter, bytes);

    /// <summary>Whatever the client sends is lost from now on.</summary>
    public void Stall() => _stalled = true;

    public ValueTask TellClientAsync(string lines, CancellationToken cancellationToken)
    {
        var text = lines.ReplaceLineEndings("\r\n");
        if (!text.EndsWith('\n')) text += "\r\n";
        return _toClient.SendAsync(Encoding.UTF8.GetBytes(text), _proxy.Delay, cancellationToken);
    }

    /// <summary>Carries bytes both ways until either side closes or a rule cuts.</summary>
    public async Task RunAsync()
    {
        var up = CarryAsync(ReadCommandsAsync, _toServer, WriteToServerAsync);
        var down = CarryAsync(ReadResponsesAsync, _toClient, WriteToClientAsync);
        await Task.WhenAny(up, down);
        await _cut.CancelAsync();
        await Task.WhenAll(up, down);
    }

    public void Dispose()
    {
        Close(_client, _clientStream);
        Close(_server, _serverStream);
        _cut.Dispose();
    }

    // A close without a shutdown could take back what the other side has not read yet.
    private static void Close(Socket socket, NetworkStream stream)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The other side was quicker.
        }

        stream.Dispose();
    }

    private async Task CarryAsync(Func<CancellationToken, Task> read, DelayLine line, Func<byte[], ValueTask> write)
    {
        var delivery = DeliverAsync();
        await UntilCutAsync(async () =>
        {
            await read(_cut.Token);
            line.Complete();
        });
        await delivery;

        Task DeliverAsync() => UntilCutAsync(() => line.DeliverAsync(write, () => _proxy.OctetsPerSecond, _cut.Token));
    }

    // An error on either side ends the connection, as an end of either side does.
    private async Task UntilCutAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            await _cut.CancelAsync();
        }
    }

    private async Task ReadCommandsAsync(CancellationToken cancellationToken)
    {
        var reader = new ImapReader(_clientStream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var command = ProxyCommand.Begin(_number, line);
            if (_stalled) continue;

            var forward = command is null || await _proxy.HandleAsync(this, command, cancellationToken);
            await CarryCommandAsync(reader, command, line, forward, cancellationToken);
            if (_opaqueAfter is not null) await CarryRestAsync(reader, _toServer, cancellationToken);
        }
    }

    private async Task CarryCommandAsync(ImapReader reader, ProxyCommand? command, byte[] line, bool forward,
        CancellationToken cancellationToken)
    {
        if (forward && command?.Verb is "STARTTLS" or "COMPRESS") _opaqueAfter = command.Tag;
        while (true)
        {
            if (forward) await SendToServerAsync(line);

            // Without the server's go-ahead, a literal that waits for it never comes.
            if (ImapReader.LiteralAfter(line) is not { } literal || (literal.Waits && !forward)) return;
            var content = await ReadLiteralAsync(reader, literal.Length, forward ? SendToServerAsync : null, cancellationToken);
            line = await reader.ReadLineAsync(cancellationToken) ?? [];
            command?.Continue(content, line);
        }

        ValueTask SendToServerAsync(byte[] bytes) => _toServer.SendAsync(bytes, _proxy.Delay, cancellationToken);
    }

    private static async Task<byte[]> ReadLiteralAsync(
        ImapReader reader,
        long length,
        Func<byte[], ValueTask>? forward,
        CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        while (content.Length < length)
        {
            var some = await reader.ReadSomeAsync(length - content.Length, cancellationToken);
            if (some.Length == 0) break;
            await content.WriteAsync(some, cancellationToken);
            if (forward is not null) await forward(some);
        }

        return content.ToArray();
    }

    private async Task ReadResponsesAsync(CancellationToken cancellationToken)
    {
        var reader = new ImapReader(_serverStream);
        var isGreeting = true;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (_held is { } held && IsAnswerTo(held.Tag, line))
            {
                _held = null;
                await held.Work().WaitAsync(cancellationToken);
            }

            await SendToClientAsync(_proxy.Rewrite(line, isGreeting));
            isGreeting = false;
            while (ImapReader.LiteralAfter(line) is { } literal)
            {
                await ReadLiteralAsync(reader, literal.Length, SendToClientAsync, cancellationToken);
                line = await reader.ReadLineAsync(cancellationToken) ?? [];
                await SendToClientAsync(line);
            }

            if (IsAnswerTo(_cutWhenAnswered, line)) Cut();
            if (IsAnswerTo(_opaqueAfter, line)) await CarryRestAsync(reader, _toClient, cancellationToken);
        }

        // Without the go-ahead for its literals a command would never be carried out.
        ValueTask SendToClientAsync(byte[] bytes) =>
            _cutWhenAnswered is null || bytes is [(byte)'+', ..]
                ? _toClient.SendAsync(bytes, _proxy.Delay, cancellationToken)
                : ValueTask.CompletedTask;
    }

    private static bool IsAnswerTo(string? tag, ReadOnlySpan<byte> line) =>
        tag is not null && line.StartsWith(Encoding.UTF8.GetBytes(tag + " "));

    // What follows STARTTLS or COMPRESS is not IMAP to our eyes.
    private async Task CarryRestAsync(ImapReader reader, DelayLine line, CancellationToken cancellationToken)
    {
        while (await reader.ReadSomeAsync(long.MaxValue, cancellationToken) is { Length: > 0 } some)
            await line.SendAsync(some, _proxy.Delay, cancellationToken);
    }

    private async ValueTask WriteToServerAsync(byte[] bytes)
    {
        var allowed = Interlocked.Read(ref _cutServerAfter);
        var part = bytes.AsMemory(0, (int)Math.Min(bytes.Length, allowed));
        await _serverStream.WriteAsync(part, _cut.Token);
        _proxy.CountToServer(part.Length);
        if (allowed is long.MaxValue) return;

        Interlocked.Add(ref _cutServerAfter, -part.Length);
        if (part.Length == allowed) Cut();
    }

    private async ValueTask WriteToClientAsync(byte[] bytes)
    {
        var own = Interlocked.Read(ref _cutAfter);
        var (allowed, isCut) = _proxy.TakeUntilCut((int)Math.Min(bytes.Length, own));
        await _clientStream.WriteAsync(bytes.AsMemory(0, allowed), _cut.Token);
        _proxy.CountToClient(bytes.AsSpan(0, allowed));
        if (own is not long.MaxValue) Interlocked.Add(ref _cutAfter, -allowed);
        if (isCut || allowed == own) Cut();
    }

    private sealed record HeldAnswer(string Tag, Func<Task> Work);
}

using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>One client at a scripted server.</summary>
internal sealed class ScriptedConnection : IDisposable
{
    private readonly ScriptedServer _server;
    private readonly int _number;
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _cut;

    private ImapReader _reader;
    private Stream _out;
    private string? _selected;

    public ScriptedConnection(ScriptedServer server, int number, Socket socket, CancellationToken cancellationToken)
    {
        socket.NoDelay = true;
        _server = server;
        _number = number;
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new ImapReader(_stream);
        _out = _stream;
        _cut = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Closes now.</summary>
    public void Cut() => _cut.Cancel();

    public async Task SendAsync(string text, CancellationToken cancellationToken) =>
        await SendAsync(ScriptedReply.Octets(text), cancellationToken);

    /// <summary>Greets, and answers until either side closes.</summary>
    public async Task RunAsync()
    {
        var goesOn = await ReplyAsync(_server.Greeting(), new ScriptedCommand(_number, "*", []));
        while (goesOn && await ReadCommandAsync() is { } command)
        {
            var reply = _server.Handle(command);
            var usual = reply is null or { Executes: true } ? await DefaultAsync(command) : null;
            if (reply is not null && usual?.Pieces is { } work) _ = work(command).Count();
            reply ??= usual!;
            goesOn = await ReplyAsync(reply, command);
            if (command.Verb == "COMPRESS" && ReferenceEquals(reply, usual)) Compress();
        }
    }

    public void Dispose()
    {
        try
        {
            // A close without a shutdown could take back what the other side has not read yet.
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side was quicker.
        }

        _stream.Dispose();
        _sending.Dispose();
        _cut.Dispose();
    }

    private async Task<ScriptedCommand?> ReadCommandAsync()
    {
        var line = new StringBuilder();
        List<byte[]> literals = [];
        while (await _reader.ReadLineAsync(_cut.Token) is { } octets)
        {
            line.Append(Encoding.UTF8.GetString(octets).TrimEnd('\r', '\n'));
            if (ImapReader.LiteralAfter(octets) is not { } literal)
            {
                _server.Note(_number, "C", line.ToString());
                return new ScriptedCommand(_number, line.ToString(), literals);
            }

            if (literal.Waits) await SendAsync("+ go on\r\n", _cut.Token);
            using var content = new MemoryStream();
            while (content.Length < literal.Length)
            {
                var some = await _reader.ReadSomeAsync(literal.Length - content.Length, _cut.Token);
                if (some.Length == 0) return null;
                await content.WriteAsync(some);
            }

            literals.Add(content.ToArray());
        }

        return null;
    }

    /// <summary>Whether the connection goes on.</summary>
    private async Task<bool> ReplyAsync(ScriptedReply reply, ScriptedCommand command)
    {
        if (reply.Stalls)
        {
            // Until the client has had enough.
            while ((await _reader.ReadSomeAsync(long.MaxValue, _cut.Token)).Length > 0)
            {
            }

            return false;
        }

        foreach (var piece in reply.Pieces!(command))
        {
            await SendAsync(piece, _cut.Token);
        }

        return !reply.Closes;
    }

    private async Task<ScriptedReply> DefaultAsync(ScriptedCommand command)
    {
        switch (command.Verb)
        {
            case "CAPABILITY":
                return $"* CAPABILITY {_server.Capabilities}\nOK done";
            case "AUTHENTICATE":
                // The first response may stand in the command (SASL-IR).
                if (command.Arguments.Split(' ').Length == 1) await AskAsync("+ ");
                return $"OK [CAPABILITY {_server.Capabilities}] Logged in";
            case "LOGIN":
                return $"OK [CAPABILITY {_server.Capabilities}] Logged in";
            case "COMPRESS":
                return "OK compressed";
            case "LOGOUT":
                return ScriptedReply.Raw($"* BYE bye\r\n{command.Tag} OK done\r\n", thenCut: true);
            case "IDLE":
                await AskAsync("+ idling");
                return "OK done";
            case "SELECT" or "EXAMINE":
                _selected = command.FolderName;
                break;
            case "CLOSE" or "UNSELECT":
                _selected = null;
                break;
        }

        return _server.Mailbox.Answer(command, _selected);
    }

    /// <summary>Everything from here on is compressed (RFC 4978).</summary>
    private void Compress()
    {
        _out = new DeflateStream(_stream, CompressionLevel.Fastest, leaveOpen: true);
        _reader = new ImapReader(new DeflateStream(_stream, CompressionMode.Decompress, leaveOpen: true));
    }

    private async Task AskAsync(string line)
    {
        await SendAsync(line + "\r\n", _cut.Token);
        var answer = await _reader.ReadLineAsync(_cut.Token) ?? throw new EndOfStreamException();
        _server.Note(_number, "C", Encoding.UTF8.GetString(answer));
    }

    private async Task SendAsync(byte[] octets, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (_server.Rewrite is { } rewrite) octets = Encoding.Latin1.GetBytes(rewrite(Encoding.Latin1.GetString(octets)));
            _server.Note(_number, "S", Encoding.UTF8.GetString(octets.AsSpan(0, Math.Min(octets.Length, 4096))));
            await _out.WriteAsync(octets, cancellationToken);
            await _out.FlushAsync(cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }
}

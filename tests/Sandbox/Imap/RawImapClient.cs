using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>IMAP as it stands in the RFC, line by line: what the tests check the module against. Not for two callers at once.</summary>
public sealed class RawImapClient : IAsyncDisposable
{
    private static readonly (SystemFlags Flag, string Name)[] _flagNames =
    [
        (SystemFlags.Seen, @"\Seen"),
        (SystemFlags.Answered, @"\Answered"),
        (SystemFlags.Flagged, @"\Flagged"),
        (SystemFlags.Draft, @"\Draft"),
        (SystemFlags.Deleted, @"\Deleted"),
    ];

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly ImapReader _reader;
    private int _lastTag;

    private RawImapClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new ImapReader(_stream);
    }

    /// <summary>The server's first line.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>Connects to a port of this machine and reads the greeting.</summary>
    public static async Task<RawImapClient> ConnectAsync(int port, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            var client = new RawImapClient(socket);
            client.Greeting = TextOf(await client.ReadLineAsync(cancellationToken));
            return client;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A mailbox's name as it stands in a command.</summary>
    public static string Quote(string folder) =>
        '"' + ModifiedUtf7.Encode(folder).Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    public async Task LoginAsync(string user, string password, CancellationToken cancellationToken = default) =>
        (await CommandAsync($"LOGIN \"{user}\" \"{password}\"", cancellationToken)).EnsureOk("LOGIN");

    /// <summary>Sends a command and reads to its end; whether it succeeded is for the caller to judge.</summary>
    public async Task<RawResponse> CommandAsync(string command, CancellationToken cancellationToken = default)
    {
        var tag = await SendAsync(command, cancellationToken);
        return await ReadResponseAsync(tag, cancellationToken);
    }

    /// <summary>Appends a message and returns its UID, 0 where the server does not tell.</summary>
    public async Task<uint> AppendAsync(
        string folder,
        byte[] message,
        SystemFlags flags = SystemFlags.None,
        DateTimeOffset? received = null,
        CancellationToken cancellationToken = default)
    {
        var names = string.Join(' ', _flagNames.Where(entry => flags.HasFlag(entry.Flag)).Select(entry => entry.Name));
        var date = received is { } instant ? $" \"{DateTimeText(instant)}\"" : "";
        var tag = await SendAsync($"APPEND {Quote(folder)} ({names}){date} {{{message.Length}}}", cancellationToken);

        var answer = TextOf(await ReadLineAsync(cancellationToken));
        if (!answer.StartsWith('+')) throw new InvalidOperationException($"APPEND {folder}: {answer}");
        await _stream.WriteAsync(message, cancellationToken);
        await _stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken);

        var response = (await ReadResponseAsync(tag, cancellationToken)).EnsureOk("APPEND");
        return response.Text.StartsWith("[APPENDUID ", StringComparison.Ordinal)
            ? uint.Parse(response.Text[..response.Text.IndexOf(']', StringComparison.Ordinal)].Split(' ')[2], CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>The UIDs of a folder's messages (EXAMINE, UID SEARCH), in order.</summary>
    public async Task<IReadOnlyList<uint>> UidsAsync(string folder, string criteria = "ALL", CancellationToken cancellationToken = default)
    {
        (await CommandAsync($"EXAMINE {Quote(folder)}", cancellationToken)).EnsureOk("EXAMINE");
        var response = (await CommandAsync($"UID SEARCH {criteria}", cancellationToken)).EnsureOk("UID SEARCH");
        return response.Numbers("* SEARCH");
    }

    /// <summary>What STATUS tells of a folder, by the name of the item: MESSAGES, UNSEEN, UIDNEXT, UIDVALIDITY, SIZE, …</summary>
    public async Task<IReadOnlyDictionary<string, long>> StatusAsync(
        string folder,
        string items = "MESSAGES UNSEEN UIDNEXT UIDVALIDITY",
        CancellationToken cancellationToken = default)
    {
        var response = (await CommandAsync($"STATUS {Quote(folder)} ({items})", cancellationToken)).EnsureOk("STATUS");
        var line = response.Untagged.First(line => line.StartsWith("* STATUS ", StringComparison.Ordinal));
        var words = line[(line.LastIndexOf('(') + 1)..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Chunk(2)
            .ToDictionary(pair => pair[0], pair => long.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    /// <summary>A message's bytes as the server sends them (EXAMINE, BODY.PEEK[]); null when it is not there.</summary>
    public async Task<byte[]?> MessageAsync(string folder, uint uid, CancellationToken cancellationToken = default)
    {
        (await CommandAsync($"EXAMINE {Quote(folder)}", cancellationToken)).EnsureOk("EXAMINE");
        var response = (await CommandAsync(string.Create(CultureInfo.InvariantCulture, $"UID FETCH {uid} BODY.PEEK[]"), cancellationToken))
            .EnsureOk("UID FETCH");
        return response.Literals is [var message, ..] ? message : null;
    }

    /// <summary>Closes the connection without LOGOUT.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _socket.Dispose();
    }

    private async Task<string> SendAsync(string command, CancellationToken cancellationToken)
    {
        var tag = string.Create(CultureInfo.InvariantCulture, $"R{++_lastTag}");
        await _stream.WriteAsync(Encoding.UTF8.GetBytes($"{tag} {command}\r\n"), cancellationToken);
        return tag;
    }

    private async Task<RawResponse> ReadResponseAsync(string tag, CancellationToken cancellationToken)
    {
        var untagged = new List<string>();
        var literals = new List<byte[]>();
        while (true)
        {
            var line = await ReadWithLiteralsAsync(literals, cancellationToken);
            if (!line.StartsWith($"{tag} ", StringComparison.Ordinal))
            {
                untagged.Add(line);
                continue;
            }

            var words = line.Split(' ', 3);
            return new RawResponse(untagged, words[1], words.ElementAtOrDefault(2) ?? "", literals);
        }
    }

    private async Task<string> ReadWithLiteralsAsync(List<byte[]> literals, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            text.Append(TextOf(line));
            if (ImapReader.LiteralAfter(line) is not { } literal) return text.ToString();

            var content = await ReadExactlyAsync(literal.Length, cancellationToken);
            literals.Add(content);
            text.Append("\r\n").Append(Encoding.Latin1.GetString(content));
        }
    }

    private async Task<byte[]> ReadLineAsync(CancellationToken cancellationToken) =>
        await _reader.ReadLineAsync(cancellationToken) ?? throw ConnectionClosed();

    private async Task<byte[]> ReadExactlyAsync(long length, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        while (content.Length < length)
        {
            var some = await _reader.ReadSomeAsync(length - content.Length, cancellationToken);
            if (some.Length == 0) throw ConnectionClosed();
            await content.WriteAsync(some, cancellationToken);
        }

        return content.ToArray();
    }

    private static EndOfStreamException ConnectionClosed() => new("The server closed the connection.");

    private static string TextOf(byte[] line) => Encoding.Latin1.GetString(line).TrimEnd('\r', '\n');

    private static string DateTimeText(DateTimeOffset instant)
    {
        var zone = instant.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        return instant.ToString("dd-MMM-yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + zone;
    }
}

using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>A DNS server on loopback that knows what a test tells it (RFC 1035, over UDP), and says that there is nothing else.</summary>
public sealed class DnsServer : IAsyncDisposable
{
    private const int HeaderLength = 12;
    private const ushort Internet = 1;
    private const ushort NoSuchName = 3;

    private readonly ConcurrentDictionary<(string Name, DnsType Type), List<byte[]>> _records = new();
    private readonly ConcurrentDictionary<string, byte> _silent = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _questions = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Task _serving;

    private DnsServer() => _serving = ServeAsync();

    /// <summary>Its address and port, as -DnsServer takes them.</summary>
    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>The names that were asked for, each with its type.</summary>
    public IReadOnlyList<string> Questions => [.. _questions];

    /// <summary>Spoils each answer before it is sent; null sends none.</summary>
    public Func<byte[], byte[]?>? Spoil { get; set; }

    public static DnsServer Start() => new();

    public DnsServer Srv(string name, int priority, int weight, int port, string target) =>
        Add(name, DnsType.Srv, [.. Number(priority), .. Number(weight), .. Number(port), .. Name(target)]);

    public DnsServer Mx(string name, int preference, string host) => Add(name, DnsType.Mx, [.. Number(preference), .. Name(host)]);

    public DnsServer A(string name, string address = "127.0.0.1") => Add(name, DnsType.A, IPAddress.Parse(address).GetAddressBytes());

    public DnsServer Aaaa(string name, string address = "::1") => Add(name, DnsType.Aaaa, IPAddress.Parse(address).GetAddressBytes());

    /// <summary>Never answers questions for a name, or for any name below it.</summary>
    public DnsServer Silent(string name)
    {
        _silent[name] = 0;
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _serving;
        _socket.Dispose();
        _closing.Dispose();
    }

    private DnsServer Add(string name, DnsType type, byte[] data)
    {
        _records.GetOrAdd((name.ToLowerInvariant(), type), _ => []).Add(data);
        return this;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveAsync(_closing.Token);
                if (Answer(question.Buffer) is not { } whole) continue;

                byte[]? answer = Spoil is { } spoil ? spoil(whole) : whole;
                if (answer is not null) await _socket.SendAsync(answer, question.RemoteEndPoint, _closing.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private byte[]? Answer(byte[] question)
    {
        var (name, end) = ReadName(question);
        var type = (DnsType)BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(end));
        _questions.Enqueue($"{name} {type.ToString().ToUpperInvariant()}");
        if (_silent.Keys.Any(silent => name.EndsWith(silent, StringComparison.OrdinalIgnoreCase))) return null;

        var records = _records.GetValueOrDefault((name, type)) ?? [];
        bool exists = records.Count > 0 || _records.Keys.Any(key => string.Equals(key.Name, name, StringComparison.Ordinal));
        using var answer = new MemoryStream();

        // Its number; that it is an answer, with authority, to a question that may be passed on; then how much of what there is.
        answer.Write([question[0], question[1], .. Number(0x8580 | (exists ? 0 : NoSuchName)), .. Number(1), .. Number(records.Count)]);
        answer.Write([.. Number(0), .. Number(0), .. question.AsSpan(HeaderLength, end + 4 - HeaderLength)]);
        foreach (byte[] data in records)
        {
            // The name is that of the question.
            answer.Write([.. Number(0xC000 | HeaderLength), .. Number((int)type), .. Number(Internet), .. Number(0), .. Number(60)]);
            answer.Write([.. Number(data.Length), .. data]);
        }

        return answer.ToArray();
    }

    private static (string Name, int End) ReadName(byte[] message)
    {
        var labels = new List<string>();
        int at = HeaderLength;
        for (int length = message[at]; length > 0; length = message[at])
        {
            labels.Add(Encoding.Latin1.GetString(message, at + 1, length));
            at += length + 1;
        }

        return (string.Join('.', labels).ToLowerInvariant(), at + 1);
    }

    private static byte[] Name(string name)
    {
        using var octets = new MemoryStream();
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            octets.WriteByte((byte)label.Length);
            octets.Write(Encoding.Latin1.GetBytes(label));
        }

        octets.WriteByte(0);
        return octets.ToArray();
    }

    private static byte[] Number(int value) => [(byte)(value >> 8), (byte)value];
}

using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>One client at a server that replays.</summary>
internal sealed class ReplayConnection : IDisposable
{
    /// <summary>A client that was told nonsense and says nothing for so long waits for more, as the server does.</summary>
    private static readonly TimeSpan _longestSilence = TimeSpan.FromMilliseconds(60);

    private readonly Replay? _replay;
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly ImapReader _reader;
    private readonly CancellationTokenSource _patience;
    private string _tag = "*";
    private bool _isChanged;

    public ReplayConnection(Socket socket, Replay? replay, CancellationToken cancellationToken)
    {
        socket.NoDelay = true;
        _replay = replay;
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new ImapReader(_stream);
        _patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Greets, and answers until either side closes.</summary>
    public async Task RunAsync()
    {
        if (_replay?.Find("") is not { } greeting || !await SayAsync(greeting.Answers[0], isLast: true)) return;

        while (await ReadCommandAsync() is { } command)
        {
            var exchange = _replay.Find(command);
            var answers = exchange?.Answers ?? [Encoding.ASCII.GetBytes($"{Recording.Tag} BAD Unknown command\r\n")];
            for (var i = 0; i < answers.Count; i++)
            {
                // DONE, or another message of a login.
                if (i > 0 && await ReadLineAsync() is null) return;
                if (!await SayAsync(answers[i], i == answers.Count - 1)) return;
            }

            if (exchange?.Verb == "LOGOUT") return;
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
        _patience.Dispose();
    }

    /// <summary>The next command without its tag; null when there is none.</summary>
    private async Task<string?> ReadCommandAsync()
    {
        var command = new StringBuilder();
        while (await ReadLineAsync() is { } line)
        {
            command.Append(Encoding.UTF8.GetString(line).TrimEnd('\r', '\n'));
            if (ImapReader.LiteralAfter(line) is not { } literal)
            {
                var words = command.ToString().Split(' ', 2);
                _tag = words[0];
                return words.ElementAtOrDefault(1) ?? "";
            }

            if (literal.Waits && !await SayAsync("+ go on\r\n"u8.ToArray(), isLast: false)) return null;
            for (var left = literal.Length; left > 0;)
            {
                var some = await _reader.ReadSomeAsync(left, _patience.Token);
                if (some.Length == 0) return null;
                left -= some.Length;
            }
        }

        return null;
    }

    private async Task<byte[]?> ReadLineAsync()
    {
        var line = await _reader.ReadLineAsync(_patience.Token);
        _patience.CancelAfter(Timeout.InfiniteTimeSpan);
        if (line is not null) _replay!.Note("C: ", line);
        return line;
    }

    /// <summary>Says something; false when the client will wait for more, which does not come.</summary>
    private async Task<bool> SayAsync(byte[] answer, bool isLast)
    {
        (var octets, var isChanged) = _replay!.Take(answer, _tag);
        _isChanged |= isChanged;
        _replay.Note(isChanged ? "S! " : "S: ", octets);
        await _stream.WriteAsync(octets, _patience.Token);
        if (!_isChanged || _replay.IsSilent) return true;

        _patience.CancelAfter(_longestSilence);
        return !isLast || !isChanged || EndsWell(octets);
    }

    private bool EndsWell(byte[] octets)
    {
        var end = Encoding.ASCII.GetBytes(_tag + " ");
        var from = octets.AsSpan().LastIndexOf(end);
        return from >= 0 && octets[^1] == '\n' && (from == 0 || octets[from - 1] == '\n');
    }
}

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// Stands between a client and a server's plain port, understands enough of IMAP to count what passes, and breaks what it is told
/// to. Rules and properties may be set at any time, and hold for the next command.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly int _serverPort;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Rule> _rules = [];
    private readonly List<Waiter> _waiters = [];
    private readonly List<Task> _running = [];
    private readonly Dictionary<int, ProxyConnection> _open = [];
    private readonly Task _accepting;

    private ImmutableList<ProxyCommand> _commands = [];
    private ImmutableHashSet<string> _hiddenCapabilities = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);
    private ImmutableHashSet<string> _shownCapabilities = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);
    private int _accepted;
    private int _connections;
    private long _bytesToServer;
    private long _bytesToClient;
    private long _fetchResponses;
    private long _bytesUntilCut = long.MaxValue;

    private FaultProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port to connect to, on localhost.</summary>
    public int Port { get; }

    /// <summary>How long bytes are under way, each way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many octets of a connection go each way in a second; 0 for as many as there are.</summary>
    public int OctetsPerSecond { get; set; }

    /// <summary>The whole line that clients see for a greeting; null for the server's own.</summary>
    public string? Greeting { get; set; }

    /// <summary>Connections are accepted and closed at once.</summary>
    public bool RefuseConnections { get; set; }

    /// <summary>The commands so far, in the order in which they came.</summary>
    public IReadOnlyList<ProxyCommand> Commands => Volatile.Read(ref _commands);

    /// <summary>The connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The connections that are open now.</summary>
    public int OpenConnections
    {
        get
        {
            lock (_lock) return _open.Count;
        }
    }

    public long BytesToServer => Interlocked.Read(ref _bytesToServer);

    public long BytesToClient => Interlocked.Read(ref _bytesToClient);

    /// <summary>The untagged FETCH responses that went to clients.</summary>
    public long FetchResponses => Interlocked.Read(ref _fetchResponses);

    /// <summary>The octets of the longest command line, without its line end.</summary>
    public int LongestLine => Commands.Select(command => command.Length).DefaultIfEmpty().Max();

    public static FaultProxy Start(DovecotServer server) => Start(server.Port);

    /// <summary>Stands before a server on a port of this machine.</summary>
    public static FaultProxy Start(int serverPort) => new(serverPort);

    /// <summary>The commands of this name so far: Count("UID FETCH").</summary>
    public int Count(string verb) => Commands.Count(command => command.Verb.Equals(verb, StringComparison.OrdinalIgnoreCase));

    /// <summary>Forgets what passed. Rules stay.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _commands = [];
            _connections = 0;
            _bytesToServer = _bytesToClient = _fetchResponses = 0;
        }
    }

    /// <summary>Clients no longer see these in a greeting, a CAPABILITY response or a CAPABILITY code.</summary>
    public void HideCapability(params string[] names)
    {
        lock (_lock) _hiddenCapabilities = _hiddenCapabilities.Union(names);
    }

    /// <summary>Clients see these too, in a CAPABILITY response or a CAPABILITY code; what then asks for them needs a rule.</summary>
    public void ShowCapability(params string[] names)
    {
        lock (_lock) _shownCapabilities = _shownCapabilities.Union(names);
    }

    /// <summary>Once, when so many more bytes have gone to clients, the connection that got the last of them is cut.</summary>
    public void CutAfterBytesToClient(long bytes)
    {
        lock (_lock) _bytesUntilCut = bytes;
    }

    /// <summary>Cuts the connections that are open now.</summary>
    public void CutAll()
    {
        lock (_lock)
        {
            foreach (var connection in _open.Values) connection.Cut();
        }
    }

    /// <summary>
    /// Does something to the next commands that match, as often as said. Where several rules match, all apply in the order in which they
    /// were given, until one keeps the command from the server.
    /// </summary>
    public void On(Func<ProxyCommand, bool> match, ProxyAction action, int times = 1)
    {
        lock (_lock) _rules.Add(new Rule(match, action) { Left = times });
    }

    /// <summary>Does something to the next commands of this name.</summary>
    public void On(string verb, ProxyAction action, int times = 1) =>
        On(command => command.Verb.Equals(verb, StringComparison.OrdinalIgnoreCase), action, times);

    /// <summary>Forgets the rules.</summary>
    public void ClearRules()
    {
        lock (_lock) _rules.Clear();
    }

    /// <summary>
    /// Waits until something holds of what was recorded; the condition is tried again on every change. What does not come to hold is an
    /// error, so that no test hangs.
    /// </summary>
    public async Task WaitForAsync(Func<FaultProxy, bool> condition, CancellationToken cancellationToken = default)
    {
        var waiter = new Waiter(condition);
        lock (_lock)
        {
            if (condition(this)) return;
            _waiters.Add(waiter);
        }

        try
        {
            await waiter.Met.Task.WaitAsync(_longestWait, cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(
                $"What was waited for did not come. The last commands: "
                + $"{string.Join(" | ", Commands.TakeLast(12).Select(command => command.Line))}", late);
        }
        finally
        {
            lock (_lock) _waiters.Remove(waiter);
        }
    }

    /// <summary>Closes the port and cuts every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested) return;
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;

        Task[] running;
        lock (_lock) running = [.. _running];
        await Task.WhenAll(running);
        _closing.Dispose();
    }

    /// <summary>Records a command and applies the rules; whether it goes on to the server.</summary>
    internal async ValueTask<bool> HandleAsync(ProxyConnection connection, ProxyCommand command, CancellationToken cancellationToken)
    {
        List<ProxyAction> actions = [];
        lock (_lock)
        {
            _commands = _commands.Add(command);
            foreach (var rule in _rules.Where(rule => rule.Left > 0 && rule.Match(command)))
            {
                rule.Left--;
                actions.Add(rule.Action);
            }

            Signal();
        }

        foreach (var action in actions)
        {
            if (!await action.ApplyAsync(connection, command, cancellationToken)) return false;
        }

        return true;
    }

    /// <summary>A line of the server's as the client is to see it.</summary>
    internal byte[] Rewrite(byte[] line, bool isGreeting)
    {
        if (isGreeting && Greeting is { } greeting) line = Encoding.UTF8.GetBytes(greeting + "\r\n");
        var hidden = Volatile.Read(ref _hiddenCapabilities);
        var shown = Volatile.Read(ref _shownCapabilities);
        return hidden.IsEmpty && shown.IsEmpty ? line : CapabilityFilter.Apply(line, hidden, shown);
    }

    internal void CountToServer(int bytes)
    {
        lock (_lock)
        {
            _bytesToServer += bytes;
            Signal();
        }
    }

    internal void CountToClient(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _bytesToClient += bytes.Length;
            if (IsFetch(bytes)) _fetchResponses++;
            Signal();
        }
    }

    /// <summary>
    /// How many of so many bytes may go to a client before the cut, which are then counted as gone; and whether it is due behind them.
    /// </summary>
    internal (int Allowed, bool IsCut) TakeUntilCut(int bytes)
    {
        lock (_lock)
        {
            if (_bytesUntilCut > bytes)
            {
                if (_bytesUntilCut is not long.MaxValue) _bytesUntilCut -= bytes;
                return (bytes, false);
            }

            int allowed = (int)_bytesUntilCut;
            _bytesUntilCut = long.MaxValue;
            return (allowed, true);
        }
    }

    private static bool IsFetch(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("* "u8)) return false;
        var number = line[2..];
        return number.TrimStart("0123456789"u8).StartsWith(" FETCH "u8) && char.IsAsciiDigit((char)number[0]);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_closing.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            lock (_lock)
            {
                _accepted++;
                _connections++;
                _running.RemoveAll(task => task.IsCompletedSuccessfully);
                _running.Add(ServeAsync(client, _accepted));
                Signal();
            }
        }
    }

    private async Task ServeAsync(Socket client, int number)
    {
        await Task.Yield();
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            if (RefuseConnections) return;
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _closing.Token);
            using var connection = new ProxyConnection(this, number, client, server, _closing.Token);
            lock (_lock) _open[number] = connection;
            await connection.RunAsync();
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The server is gone, or the proxy is: the client sees its connection closed.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
            lock (_lock)
            {
                _open.Remove(number);
                Signal();
            }
        }
    }

    private void Signal()
    {
        foreach (var waiter in _waiters.Where(waiter => waiter.SearchTerm(this))) waiter.Met.TrySetResult();
    }

    private sealed record Rule(Func<ProxyCommand, bool> Match, ProxyAction Action)
    {
        public int Left { get; set; }
    }

    private sealed record Waiter(Func<FaultProxy, bool> SearchTerm)
    {
        public TaskCompletionSource Met { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

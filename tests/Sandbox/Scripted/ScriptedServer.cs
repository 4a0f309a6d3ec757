using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// An IMAP server that says what a test tells it to: plain, on a port of loopback. What no rule answers, <see cref="Mailbox"/> does, as a
/// well-behaved server would; any user and password may log in.
/// </summary>
/// <example>
/// <code>
/// await using var server = ScriptedServer.Start();
/// server.Mailbox.Deliver("INBOX", message);
/// server.On("UID SEARCH", "* SEARCH 1 2 3");                        // OK is added
/// server.On("UID FETCH", "NO [UNAVAILABLE] Later", times: 2);       // then as ever
/// server.On("LOGIN", ScriptedReply.Bye("[UNAVAILABLE] Too many connections"), times: 1);
/// server.On(command => command.Line.Contains("Secret"), ScriptedReply.Cut);
/// </code>
/// </example>
public sealed class ScriptedServer : IAsyncDisposable
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Rule> _rules = [];
    private readonly List<Rule> _greetings = [];
    private readonly List<Task> _running = [];
    private readonly List<ScriptedConnection> _open = [];
    private readonly Task _accepting;

    private ImmutableList<ScriptedCommand> _commands = [];
    private ImmutableList<string> _transcript = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _accepted;

    private ScriptedServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port to connect to, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>What the greeting, CAPABILITY and the answer to a log-in tell. Without AUTH=, the LOGIN command is used.</summary>
    public string Capabilities { get; set; } = "IMAP4rev1 LITERAL+ IDLE UIDPLUS MOVE NAMESPACE SPECIAL-USE";

    /// <summary>Folders and messages, from which commands without a rule are answered.</summary>
    public ScriptedMailbox Mailbox { get; } = new();

    /// <summary>
    /// What becomes of each answer, as Latin-1 text, before it is sent; null for nothing. It is to stay IMAP.
    /// </summary>
    public Func<string, string>? Rewrite { get; set; }

    /// <summary>The commands so far, of all connections, in the order in which they came.</summary>
    public IReadOnlyList<ScriptedCommand> Commands => Volatile.Read(ref _commands);

    /// <summary>The connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    /// <summary>All that was said: "[1] C: A00000001 NAMESPACE", "[1] S: * NAMESPACE …". Long lines are cut.</summary>
    public IReadOnlyList<string> Transcript => Volatile.Read(ref _transcript);

    public static ScriptedServer Start() => new();

    /// <summary>The commands of this name so far: Count("UID FETCH").</summary>
    public int Count(string verb) => Commands.Count(command => command.Verb.Equals(verb, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Answers the next commands of this name, as often as said. Of several rules the first that was given and is not used up answers.
    /// </summary>
    public void On(string verb, ScriptedReply reply, int times = int.MaxValue) =>
        On(command => command.Verb.Equals(verb, StringComparison.OrdinalIgnoreCase), reply, times);

    /// <summary>Answers the next commands of this name, each with lines that depend on it.</summary>
    public void On(string verb, Func<ScriptedCommand, string> reply, int times = int.MaxValue) =>
        On(verb, ScriptedReply.Lines(reply), times);

    /// <summary>Answers the next commands that match.</summary>
    public void On(Func<ScriptedCommand, bool> match, ScriptedReply reply, int times = int.MaxValue)
    {
        lock (_lock) _rules.Add(new Rule(match, reply) { Left = times });
    }

    /// <summary>Greets the next connections with this: a whole line ("* OK ready"), or <see cref="ScriptedReply.Bye"/>.</summary>
    public void Greet(ScriptedReply greeting, int times = int.MaxValue)
    {
        lock (_lock) _greetings.Add(new Rule(_ => true, greeting) { Left = times });
    }

    /// <summary>Forgets the rules and greetings.</summary>
    public void ClearRules()
    {
        lock (_lock)
        {
            _rules.Clear();
            _greetings.Clear();
        }
    }

    /// <summary>Tells every open connection something that it did not ask for: <c>SayAsync("* 4 EXISTS")</c>.</summary>
    public async Task SayAsync(string lines, CancellationToken cancellationToken = default)
    {
        ScriptedConnection[] open;
        lock (_lock) open = [.. _open];
        foreach (var connection in open) await connection.SendAsync(lines.ReplaceLineEndings("\r\n").TrimEnd() + "\r\n", cancellationToken);
    }

    /// <summary>Cuts every open connection; new ones are welcome.</summary>
    public void CutAll()
    {
        lock (_lock) _open.ForEach(connection => connection.Cut());
    }

    /// <summary>Waits until something holds of what was said; what does not come to hold is an error, so that no test hangs.</summary>
    public async Task WaitForAsync(Func<ScriptedServer, bool> condition, CancellationToken cancellationToken = default)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(_longestWait);
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (condition(this)) return;
            try
            {
                await changed.WaitAsync(late.Token);
            }
            catch (OperationCanceledException over) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException(
                    $"What was waited for did not come. The last lines:\n{string.Join('\n', Transcript.TakeLast(20))}", over);
            }
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

    internal ScriptedReply Greeting() =>
        Take(_greetings, null) ?? ScriptedReply.Raw($"* OK [CAPABILITY {Capabilities}] ready\r\n");

    /// <summary>Records a command; the reply of the first rule that matches, or null.</summary>
    internal ScriptedReply? Handle(ScriptedCommand command)
    {
        lock (_lock) _commands = _commands.Add(command);
        Signal();
        return Take(_rules, command);
    }

    internal void Note(int connection, string what, string text)
    {
        const int longest = 500;
        foreach (var line in text.TrimEnd('\r', '\n').Split('\n'))
        {
            var shown = line.TrimEnd('\r');
            if (shown.Length > longest) shown = $"{shown[..longest]}… ({shown.Length})";
            lock (_lock) _transcript = _transcript.Add($"[{connection}] {what}: {shown}");
        }

        Signal();
    }

    private ScriptedReply? Take(List<Rule> rules, ScriptedCommand? command)
    {
        lock (_lock)
        {
            if (rules.Find(rule => rule.Left > 0 && rule.Match(command!)) is not { } rule) return null;
            rule.Left--;
            return rule.Reply;
        }
    }

    private void Signal() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

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

            lock (_lock) _running.Add(ServeAsync(client, ++_accepted));
            Signal();
        }
    }

    private async Task ServeAsync(Socket client, int number)
    {
        await Task.Yield();
        using var connection = new ScriptedConnection(this, number, client, _closing.Token);
        lock (_lock) _open.Add(connection);
        try
        {
            await connection.RunAsync();
        }
        catch (Exception exception)
            when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side has closed.
        }
        finally
        {
            lock (_lock) _open.Remove(connection);
            Note(number, "!", "connection closed");
        }
    }

    private sealed record Rule(Func<ScriptedCommand, bool> Match, ScriptedReply Reply)
    {
        public int Left { get; set; }
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;

// Longer than 250 lines: the gate, the client behind it, what opens it again and what ends it are one state under one lock.
namespace ImapPS.Sessions;

/// <summary>
/// A session's connection: the gate that lets one operation through at a time, and the one place where a lost connection is
/// opened again.
/// </summary>
internal sealed class SessionConnection : ISessionStatus, IDisposable
{
    /// <summary>
    /// How long a command under way may still take when the session is closed: a short one is let finish, as after Ctrl+C.
    /// </summary>
    private static readonly TimeSpan _grace = TimeSpan.FromMilliseconds(400);

    private readonly string? _name;
    private readonly Func<int, bool> _isDefault;
    private readonly SessionEnd _end;

    // MailKit carries one command at a time, and what a second caller queued before its exception would be sent all the same.
    private readonly SemaphoreSlim _gate = new(1, 1);

    // Whether the session is closed, and which client it has: Remove-Module closes without the gate.
    private readonly object _lock = new();
    private readonly HashSet<int> _siblings = [];
    private volatile ImapClient? _client;
    private ConnectionSettings _settings;
    private Action? _released;
    private SessionLog? _log;
    private string _owner = string.Empty;

    // Whether the operation that has the connection may be cut; null when none has it, or one that nobody would miss.
    private volatile Func<bool>? _mayCut;

    /// <param name="name">The session's name; null for user@server.</param>
    /// <param name="settings">Where to connect to, and how.</param>
    /// <param name="owner">Who opens it.</param>
    /// <param name="isDefault">Whether a session of this id is the current one.</param>
    /// <param name="session">For another connection of a session: tells that the session is closed.</param>
    public SessionConnection(
        string? name,
        ConnectionSettings settings,
        ISessionOwner owner,
        Func<int, bool> isDefault,
        CancellationToken session = default)
    {
        _end = new SessionEnd(Closed, session);
        _name = name;
        _settings = settings;
        _isDefault = isDefault;
        _owner = settings.Owner;
        Owner = owner;
        Handle = CreateHandle(id: 0);
    }

    /// <summary>
    /// Closes the connection of a session that nobody holds any more: a socket that has been waited on is not collected by itself.
    /// </summary>
    [SuppressMessage("Design", "MA0055",
        Justification = "Nobody is left to dispose of it: the runspace that opened it has ended, and the last "
        + "object that stood for it is collected.")]
    ~SessionConnection() => _client?.Dispose();

    public ImapSession Handle { get; private set; }

    /// <summary>Who opened the session.</summary>
    public ISessionOwner Owner { get; }

    public ImapSessionState State { get; private set; } = ImapSessionState.Broken;

    public string Security { get; private set; } = string.Empty;

    public IReadOnlyList<string> Capabilities { get; private set; } = [];

    public bool IsCompressed { get; private set; }

    public bool IsDefault => _isDefault(Handle.Id);

    /// <summary>What stopped commands could not tell; the session's other connections leave theirs here too.</summary>
    public SessionNotices Notices { get; private init; } = new();

    public int RetryCount => _settings.RetryCount;

    public TimeSpan RetryDelay => _settings.RetryDelay;

    /// <summary>How long the server may take to answer.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(_settings.TimeoutSeconds);

    /// <summary>
    /// True once the server has answered a search with BADCHARSET: MailKit then truncates characters to bytes without a word.
    /// </summary>
    public bool SearchesAsciiOnly { get; set; }

    /// <summary>What is remembered of the mailbox.</summary>
    public SessionMemory Memory { get; private init; } = new();

    /// <summary>The folder that is selected on the connection. Only an operation that has the gate may look.</summary>
    public IMailFolder? Selected { get; set; }

    /// <summary>What another connection knows of, and the selected folder may not show yet, since the server has not been asked.</summary>
    public PendingNews News { get; } = new();

    /// <summary>What is done with each new connection before anything else; null for nothing.</summary>
    public Func<ImapClient, CancellationToken, Task>? Prepare { get; set; }

    /// <summary>The response codes with which the server rejected commands of the operation under way.</summary>
    public IReadOnlyCollection<string> Rejections => _log?.Rejections ?? [];

    /// <summary>The searches that were sent since <see cref="ListenForSearches"/>.</summary>
    public IReadOnlyList<string> Searches => _log?.Searches ?? [];

    /// <summary>
    /// Notes the searches that are sent from now on, for those who ask what was said. Only an operation that has the gate may ask.
    /// </summary>
    public void ListenForSearches() => _log?.ListenForSearches();

    /// <summary>Gives the session its number; one that never opened has none.</summary>
    public void Register(int id) => Handle = CreateHandle(id);

    /// <summary>Connects for the first time, as someone who is known.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => OpenAsync(Opening.Silent, cancellationToken);

    /// <summary>
    /// Connects for the first time. What may be a typo is told at once: only a connection that breaks after the server accepted
    /// the login is tried again.
    /// </summary>
    public async Task OpenAsync(Opening opening, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (int attempt = 0; ; attempt++)
            {
                try
                {
                    await ConnectAsync(opening, cancellationToken).ConfigureAwait(false);
                    return;
                }
                catch (ImapException busy) when (busy.Id == ImapErrorId.ServerBusy && attempt < RetryCount)
                {
                    // A place that another connection of the process has left costs no try.
                    if (await WaitOutAsync(busy, attempt, opening.Tell, cancellationToken).ConfigureAwait(false)) attempt--;
                }
                catch (ImapException lost) when (opening.IsAccepted && lost.Id == ImapErrorId.ConnectionFailed && attempt < RetryCount)
                {
                    TimeSpan delay = Backoff.Delay(RetryDelay, attempt);
                    string next = string.Format(CultureInfo.InvariantCulture, "in {0:0.0} s", delay.TotalSeconds);
                    opening.Tell($"{lost.Message} Try {attempt + 1} of {RetryCount} to connect again, {next}.");
                    await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Opens another connection for the same session: it logs in as this one did, and its messages are this session's.</summary>
    public async Task<SessionConnection> OpenSiblingAsync(IPipelineCaller caller, CancellationToken cancellationToken)
    {
        SessionConnection sibling = CreateSibling();
        try
        {
            await sibling.OpenAsync(Opening.For(caller), cancellationToken).ConfigureAwait(false);
            return sibling;
        }
        catch
        {
            sibling.Dispose();
            throw;
        }
    }

    /// <summary>Another connection for the same session, which opens with its first operation.</summary>
    public SessionConnection CreateSibling()
    {
        // Its protocol log, if there is one, bears its number.
        int number = 2;
        lock (_siblings)
        {
            while (!_siblings.Add(number)) number++;
        }

        string? log = _settings.ProtocolLogPath is { } path ? string.Format(CultureInfo.InvariantCulture, "{0}.{1}", path, number) : null;
        var sibling = new SessionConnection(Handle.Name, _settings with { ProtocolLogPath = log }, Owner, _ => false, _end.Token)
        {
            _released = () => Release(number),
            Notices = Notices,
            Memory = Memory,
        };
        sibling.Register(Handle.Id);
        return sibling;
    }

    /// <summary>
    /// Runs one operation with the connection to itself. A lost connection is opened again, and the operation repeated if it
    /// may be; one that may not be repeated fails with ConnectionLost, and its caller looks up how far it came. When the session is closed
    /// meanwhile, whatever waits or reads ends with that.
    /// </summary>
    /// <param name="operation">What to run.</param>
    /// <param name="mayRepeat">Asked when the connection was lost after the operation had started.</param>
    /// <param name="caller">Who is told, and who may break it off.</param>
    /// <param name="cancellationToken">Asks the work to stop; a command under way still ends.</param>
    /// <param name="changes">True for what changes messages: who closes the session waits for it.</param>
    /// <param name="repeats">Asked, too, whether a failure is one after which it is repeated; null for any.</param>
    public async Task<T> RunAsync<T>(
        Func<ImapClient, CancellationToken, Task<T>> operation,
        Func<bool> mayRepeat,
        ISessionCaller caller,
        CancellationToken cancellationToken,
        bool changes = false,
        Func<Exception, bool>? repeats = null)
    {
        bool MayRepeat(Exception failure) => mayRepeat() && repeats?.Invoke(failure) != false;

        caller.Begin(this);
        await _end.CutsAsync(_gate.WaitAsync, cancellationToken).ConfigureAwait(false);
        try
        {
            _mayCut = changes ? () => false : mayRepeat;
            using CancellationTokenSource abort = _end.Link(caller.Abort);
            for (int attempt = 0; ; attempt++)
            {
                bool started = false;
                ImapCapabilities lacking = Memory.Lacking;
                try
                {
                    ImapClient client = await ConnectedAsync(caller).ConfigureAwait(false);
                    _log!.Clear();
                    client.Capabilities &= ~Memory.Lacking;
                    started = true;
                    T result = await UnreadableResponseException.FromAsync(() => operation(client, abort.Token)).ConfigureAwait(false);
                    Compression.Trust(client);
                    return result;
                }
                catch (ImapException busy)
                    when (busy.Id == ImapErrorId.ServerBusy && attempt < RetryCount && (!started || MayRepeat(busy)))
                {
                    await WaitOutAsync(busy, attempt, caller.Verbose, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception lost) when (IsLost(lost))
                {
                    Compression.Doubt(_client);
                    Drop();
                    caller.Abort.ThrowIfCancellationRequested();
                    if (_end.IsTold) throw started && !mayRepeat() ? Failures.ConnectionLost(Handle.Server, Closed()) : Closed();

                    caller.ConnectionLost();

                    // Nonsense may be the line's fault once; a server that repeats it will not think better of it.
                    bool nonsense = Translation.IsNonsense(lost);
                    int allowed = nonsense ? Math.Min(_settings.RetryCount, 1) : _settings.RetryCount;
                    if (lacking != Memory.Lacking) allowed = attempt + 1;
                    if (attempt >= allowed || (started && !MayRepeat(lost))) throw Named(lost);

                    TimeSpan delay = nonsense ? TimeSpan.Zero : Backoff.Delay(_settings.RetryDelay, attempt);
                    caller.Verbose(string.Format(
                        CultureInfo.InvariantCulture,
                        "The connection to '{0}' is lost ({1}). Try {2} of {3} to reconnect, in {4:0.0} s.",
                        Handle.Server,
                        DisplayText.Printable(lost.Message),
                        attempt + 1,
                        _settings.RetryCount,
                        delay.TotalSeconds));
                    await _end.CutsAsync(wait => Task.Delay(delay, wait), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _mayCut = null;
            _gate.Release();
        }
    }

    /// <summary>
    /// Runs a short operation for somebody who does not wait: only if the connection is open and nobody has it. Nothing is opened or
    /// repeated. Only the end of the session cancels it, since that cuts the connection. Default when it did not come to an end.
    /// </summary>
    public async Task<T?> TryRunAsync<T>(Func<ImapClient, CancellationToken, Task<T>> operation)
        where T : class
    {
        if (!await _gate.WaitAsync(TimeSpan.Zero).ConfigureAwait(false)) return null;

        try
        {
            if (State != ImapSessionState.Open || _client is not { IsConnected: true } client) return null;

            _log!.Clear();
            using CancellationTokenSource abort = _end.Link(CancellationToken.None);
            return await UnreadableResponseException.FromAsync(() => operation(client, abort.Token)).ConfigureAwait(false);
        }
        catch (Exception lost) when (IsLost(lost))
        {
            Drop();
            return null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Waits before something that the server refused for the moment is tried again.</summary>
    /// <param name="busy">The refusal. The server may say in it how long to wait.</param>
    /// <param name="attempt">How many retries there were already.</param>
    /// <param name="tell">Told of the wait.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <returns>True when the wait has ended because a connection to the server was closed, and it had refused another one.</returns>
    public Task<bool> WaitOutAsync(ImapException busy, int attempt, Action<string> tell, CancellationToken cancellationToken)
    {
        TimeSpan delay = Backoff.Delay(RetryDelay, attempt);
        TimeSpan suggested = NotNow.Suggested(busy.Message);
        if (suggested > delay) delay = suggested;
        tell(string.Format(CultureInfo.InvariantCulture, "{0} Try {1} of {2}, in {3:0.0} s.", busy.Message, attempt + 1, RetryCount,
            delay.TotalSeconds));
        return _end.CutsAsync(
            async wait =>
            {
                if (suggested == TimeSpan.Zero && NotNow.IsLimit(busy.Message))
                {
                    return await ServerPlaces.Of(_settings.Address).WaitAsync(delay, wait).ConfigureAwait(false);
                }

                await Task.Delay(delay, wait).ConfigureAwait(false);
                return false;
            },
            cancellationToken);
    }

    /// <summary>
    /// Logs out and closes for good. Nothing new begins, and what is under way is cut if it takes long and does no harm: a change whose
    /// outcome nobody would know then is waited for. One that is cancelled closes at once, whoever has the connection.
    /// </summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        lock (_lock) State = ImapSessionState.Closed;
        try
        {
            if (!await _gate.WaitAsync(_grace, cancellationToken).ConfigureAwait(false))
            {
                if (_mayCut?.Invoke() != false) _end.Tell();
                await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            Dispose();
            throw;
        }

        try
        {
            await LogOutAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Dispose();
            _gate.Release();
        }
    }

    /// <summary>Logs out and in again: MailKit asks for the roles of folders only after a login, and they have changed.</summary>
    public async Task RenewAsync(ISessionCaller caller, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await LogOutAsync(cancellationToken).ConfigureAwait(false);
            Drop();
            if (State != ImapSessionState.Closed) await ConnectAsync(Opening.For(caller), caller.Abort).ConfigureAwait(false);
        }
        catch (Exception lost) when (IsLost(lost))
        {
            // The next command connects, and tells of it if it cannot.
            Drop();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes at once, without a LOGOUT: what Remove-Module and the end of the process do.</summary>
    public void Dispose()
    {
        lock (_lock) State = ImapSessionState.Closed;

        // Not by disposing of the client alone, which does not wake a read that is under way.
        _end.Dispose();
        Drop();

        // Once: the number may be another's by the second time.
        Interlocked.Exchange(ref _released, null)?.Invoke();
        GC.SuppressFinalize(this);
    }

    private void Release(int sibling)
    {
        lock (_siblings) _siblings.Remove(sibling);
    }

    private Task LogOutAsync(CancellationToken cancellationToken) =>
        _client is { } client ? Logout.SendAsync(client, cancellationToken) : Task.CompletedTask;

    private ImapSession CreateHandle(int id)
    {
        ServerAddress server = _settings.Address;
        string name = _name ?? (_owner.Length == 0 ? server.Host : $"{_owner}@{server.Host}");
        return new ImapSession(id, name, server.Host, server.Port, _owner, this);
    }

    private static bool IsLost(Exception exception) => exception is ImapException
        ? exception is ImapException { Id: ImapErrorId.ConnectionFailed or ImapErrorId.Timeout }
            or ImapException { Id: ImapErrorId.ProxyFailed, InnerException: IOException or SocketException }
        : Translation.ConnectionIsGone(exception);

    private async Task<ImapClient> ConnectedAsync(ISessionCaller caller)
    {
        if (State == ImapSessionState.Closed || _end.IsTold) throw Closed();

        if (_client is { IsConnected: true } open) return open;

        Drop();
        ImapClient client = await ConnectAsync(Opening.For(caller), caller.Abort).ConfigureAwait(false);
        caller.Verbose($"Reconnected to '{Handle.Server}'.");
        return client;
    }

    private ImapException Closed() => Failures.SessionClosed(Handle.Id, Handle.Name);

    private Task<ImapClient> ConnectAsync(Opening opening, CancellationToken cancellationToken) =>
        _end.CutsAsync(
            either => TokenLogin.RunAsync(() => ReachAsync(opening, either), () => _settings.Identity?.Tokens, opening, either),
            cancellationToken);

    /// <summary>Reaches the server, logs in, and prepares the connection.</summary>
    private async Task<ImapClient> ReachAsync(Opening opening, CancellationToken cancellationToken)
    {
        // A client of its own each time: a broken one keeps folders, capabilities and half-read responses of its last life.
        var log = new SessionLog(_settings.ProtocolLogPath);
        var connector = new Connector(_settings, log, opening.Tell);
        opening.IsAccepted = false;
        if (_settings.Identity is { } known)
        {
            connector.Identity = await TokenLogin.PrepareAsync(known, opening, cancellationToken).ConfigureAwait(false);
        }

        StreamingClient client = await connector.ReachAsync(cancellationToken).ConfigureAwait(false);
        client.Memory = Memory;
        string security;
        try
        {
            if (!client.IsAuthenticated && connector.Identity is null)
            {
                if (_settings.UsesToken) TokenLogin.Examine(client, _settings);
                var asked = Stopwatch.StartNew();
                Identity identity = await opening.Ask(cancellationToken).ConfigureAwait(false);
                _settings = _settings with { Identity = identity };
                if (Connector.IsStale(client, asked.Elapsed))
                {
                    opening.Tell("The connection was not used for too long. Connecting again.");
                    client.Dispose();
                    return await ReachAsync(opening, cancellationToken).ConfigureAwait(false);
                }

                connector.Identity = await TokenLogin.PrepareAsync(identity, opening, cancellationToken).ConfigureAwait(false);
            }

            _owner = await connector.LogInAsync(client, cancellationToken).ConfigureAwait(false);

            // What has failed once would be one more failed login each time.
            if (connector.Fallback is { } mechanism) _settings = _settings with { Mechanism = mechanism };

            // MailKit no longer sees TLS below what it inflates.
            security = Encryption.Of(client);
            if (!await connector.CompressAsync(client, cancellationToken).ConfigureAwait(false))
            {
                opening.Tell("The server does not compress as it offers. Connecting again without.");
                client.Dispose();
                return await ReachAsync(opening, cancellationToken).ConfigureAwait(false);
            }

            if (Prepare is { } prepare)
            {
                await connector.PrepareAsync(limited => prepare(client, limited), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failed)
        {
            opening.IsAccepted |= connector.IsAccepted;
            if (failed is not OperationCanceledException) Compression.Doubt(client);
            client.Dispose();
            throw;
        }

        lock (_lock)
        {
            if (State != ImapSessionState.Closed)
            {
                _log = log;
                _client = client;
                Security = security;
                IsCompressed = client.IsCompressed;
                Capabilities = CapabilityNames.Of(client);
                State = ImapSessionState.Open;
                return client;
            }
        }

        // Remove-Module came in between.
        client.Dispose();
        throw Closed();
    }

    private void Drop()
    {
        lock (_lock)
        {
            ImapClient? client = _client;
            _client = null;
            Selected = null;
            if (client is not null)
            {
                client.Dispose();
                ServerPlaces.Of(_settings.Address).Left();
            }

            if (State == ImapSessionState.Open) State = ImapSessionState.Broken;
        }
    }

    private ImapException Named(Exception lost) => lost switch
    {
        not ImapException when NotNow.Is(_log?.Farewell) => Failures.ServerBusy(Handle.Server, _log!.Farewell!, lost),
        ImapException { Id: ImapErrorId.Timeout } known => known,
        ImapException failed => Failures.ConnectionLost(Handle.Server, failed),
        _ => Translation.Lost(lost, Handle.Server, _settings.TimeoutSeconds),
    };
}

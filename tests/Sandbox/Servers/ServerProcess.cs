using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>How to start a server: its program and arguments, and the directory that goes with it.</summary>
internal sealed record ServerStart(string Directory, string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>What it has in its environment beside what we have.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <summary>A server's processes, log and directory. They go with this process, however that ends.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int PortAttempts = 5;
    private static readonly TimeSpan _startTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(30);

    private const UnixFileMode PublicDirectory =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    // The shell, in a session of its own, outlives a killed or interrupted test run: its input then ends, and it kills the server's
    // process group, whose files nobody will miss (SIGTERM would take a second), and removes the directory. It would say "Killed" on
    // what this process writes its errors to.
    private const string Watchdog =
        """
        exec 3<&0
        directory=$1
        shift
        setsid "$@" 3<&- </dev/null 2>&1 &
        server=$!
        exec 2>/dev/null
        { cat <&3; kill -s KILL -- "-$server"; } >/dev/null 2>&1 &
        wait "$server"
        rm -rf "$directory"
        """;

    private readonly StringBuilder _log = new();
    private readonly string _directory;
    private readonly Process _process;
    private readonly Task _logging;
    private bool _disposed;

    private ServerProcess(ServerStart start)
    {
        _directory = start.Directory;
        string[] arguments = ["/bin/sh", "-c", Watchdog, "server-watchdog", start.Directory, start.Program, .. start.Arguments];
        var info = new ProcessStartInfo("setsid", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in start.Environment) info.Environment[name] = value;
        _process = Process.Start(info)!;
        _logging = ReadLogAsync();
    }

    /// <summary>What the server has said so far.</summary>
    public string LogText
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>A new directory that other accounts may read, as servers serve under accounts that are not ours.</summary>
    public static string CreateDirectory()
    {
        var directory = Directory.CreateTempSubdirectory("imapps-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(directory, PublicDirectory);
        return directory;
    }

    /// <summary>Starts a server; whether it comes to answer is for the caller to see.</summary>
    public static ServerProcess Start(ServerStart start) => new(start);

    /// <summary>Starts a server on a port that is free, and returns when it greets there.</summary>
    public static async Task<(ServerProcess Process, int Port)> StartAsync(
        Func<int, Task<ServerStart>> prepare,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = DovecotPorts.FindFree().Plain;
            var process = Start(await prepare(port));
            try
            {
                await process.UntilItAnswersAsync(port, cancellationToken);
                return (process, port);
            }
            catch (Exception exception)
            {
                await process.DisposeAsync();
                var portWasTaken = process.LogText.Contains("already in use", StringComparison.OrdinalIgnoreCase);
                if (exception is not InvalidOperationException || !portWasTaken || attempt == PortAttempts) throw;
            }
        }
    }

    /// <summary>Starts a server that chooses its ports itself, and returns what is found in its log.</summary>
    public static async Task<(ServerProcess Process, T Found)> StartAsync<T>(
        ServerStart start,
        Func<string, T?> find,
        CancellationToken cancellationToken)
        where T : class
    {
        var process = Start(start);
        try
        {
            T? found = null;
            await process.UntilAsync(_ => Task.FromResult((found = find(process.LogText)) is not null), cancellationToken);
            return (process, found!);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the server, its processes and connections, and removes its directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        try
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(_stopTimeout);
            await _process.WaitForExitAsync(patience.Token);
            await _logging.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Waits until the server greets whoever connects to a port of this machine.</summary>
    public Task UntilItAnswersAsync(int port, CancellationToken cancellationToken) => UntilAsync(
        async late =>
        {
            try
            {
                await using var client = await RawImapClient.ConnectAsync(port, late);
                return true;
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>Waits until something holds; a server that ends before, or takes too long, is an error with its log.</summary>
    public async Task UntilAsync(Func<CancellationToken, Task<bool>> holds, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_startTimeout);
        try
        {
            while (!await holds(patience.Token))
            {
                if (_logging.IsCompleted)
                    throw new InvalidOperationException($"The server has ended. Its log:{Environment.NewLine}{LogText}");
                await Task.Delay(_betweenLooks, patience.Token);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The server does not answer. Its log:{Environment.NewLine}{LogText}", exception);
        }
    }

    private async Task ReadLogAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_log) _log.AppendLine(line);
        }
    }
}

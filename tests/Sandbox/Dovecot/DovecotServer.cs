using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// A Dovecot of one's own: on free loopback ports, in a directory that goes with it, with any number of users. It dies with this
/// process, however that ends.
/// </summary>
public sealed class DovecotServer : IAsyncDisposable
{
    private const int PortAttempts = 5;
    private static readonly TimeSpan _startTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromSeconds(10);

    private const UnixFileMode PublicDirectory =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    // The shell, in a session of its own, outlives a killed or interrupted test run: its input then ends, and it kills Dovecot's
    // process group, whose files nobody will miss (SIGTERM would take a second), and removes the directory.
    private const string Watchdog =
        """
        exec 3<&0
        setsid "$1" -F -c "$2" 3<&- </dev/null &
        dovecot=$!
        { cat <&3; kill -s KILL -- "-$dovecot"; } >/dev/null 2>&1 &
        wait "$dovecot"
        rm -rf "$3"
        """;

    private readonly ConcurrentDictionary<string, MailUser> _users = new(StringComparer.Ordinal);
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DovecotPorts _ports;
    private readonly ServerCertificate _certificate;
    private readonly Process _process;
    private readonly Task _logging;
    private int _lastUser;
    private bool _disposed;

    private DovecotServer(string program, MailAccount account, DovecotOptions options)
    {
        Account = account;
        HierarchyDelimiter = options.HierarchyDelimiter;
        Directory = System.IO.Directory.CreateTempSubdirectory("imapps-").FullName;
        _certificate = ServerCertificate.Create(Directory);
        _ports = DovecotPorts.FindFree();
        // As root, Dovecot serves under accounts that are not ours.
        if (!account.IsOurs && !OperatingSystem.IsWindows()) File.SetUnixFileMode(Directory, PublicDirectory);
        account.CreateDirectory(Path.Combine(Directory, "users"));

        var configuration = new DovecotConfiguration(Directory, Password, options, _ports, account, _certificate).Write();
        string[] arguments = ["/bin/sh", "-c", Watchdog, "dovecot-watchdog", program, configuration, Directory];
        _process = Process.Start(new ProcessStartInfo("setsid", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        _logging = ReadLogAsync();
    }

    /// <summary>The name to connect to; the certificate is for it.</summary>
    public string Host { get; } = "localhost";

    /// <summary>The port that begins in clear and offers STARTTLS.</summary>
    public int Port => _ports.Plain;

    /// <summary>The port that is TLS from the first byte.</summary>
    public int TlsPort => _ports.Tls;

    /// <summary>The SHA-256 fingerprint of the server's certificate, in hexadecimal.</summary>
    public string CertificateThumbprint => _certificate.Thumbprint;

    /// <summary>The character between the parts of a folder's path.</summary>
    public char HierarchyDelimiter { get; }

    /// <summary>Everything that this server has on disk.</summary>
    public string Directory { get; }

    /// <summary>The password of every user.</summary>
    public string Password { get; } = "correct-horse-" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>What Dovecot has logged so far.</summary>
    public string LogText
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    internal MailAccount Account { get; }

    /// <summary>Starts a server, installing Dovecot first where it is missing and can be, and returns when it answers.</summary>
    public static async Task<DovecotServer> StartAsync(DovecotOptions? options = null, CancellationToken cancellationToken = default)
    {
        var program = await DovecotInstallation.FindOrInstallAsync(cancellationToken);
        var account = await MailAccount.FindAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var server = new DovecotServer(program, account, options ?? new DovecotOptions());
            try
            {
                await server.WaitUntilItAnswersAsync(cancellationToken);
                return server;
            }
            catch (Exception exception)
            {
                await server.DisposeAsync();
                var portWasTaken = exception is InvalidOperationException
                    && server.LogText.Contains("Address already in use", StringComparison.Ordinal);
                if (!portWasTaken || attempt == PortAttempts) throw;
            }
        }
    }

    /// <summary>A user with an empty mailbox of its own.</summary>
    public MailUser CreateUser(string? name = null)
    {
        name ??= $"user{Interlocked.Increment(ref _lastUser)}";
        var user = new MailUser(this, name);
        if (!_users.TryAdd(name, user)) throw new ArgumentException($"There is a user {name} already.", nameof(name));
        return user;
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
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _logging;
        _process.Dispose();
        if (System.IO.Directory.Exists(Directory)) System.IO.Directory.Delete(Directory, recursive: true);
    }

    private async Task WaitUntilItAnswersAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_startTimeout);
        try
        {
            await _started.Task.WaitAsync(patience.Token);
            await using var client = await RawImapClient.ConnectAsync(Port, patience.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException
            && !cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Dovecot does not answer. Its log:{Environment.NewLine}{LogText}", exception);
        }
    }

    // Dovecot listens before it says that it starts up, so its ports are open from that line on.
    private async Task ReadLogAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_log) _log.AppendLine(line);
            if (line.Contains("starting up for imap", StringComparison.Ordinal)) _started.TrySetResult();
        }

        if (_started.TrySetException(new InvalidOperationException($"Dovecot did not start. Its log:{Environment.NewLine}{LogText}")))
            _ = _started.Task.Exception;
    }
}

using System;
using System.Collections.Concurrent;
using System.IO;
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

    private readonly ConcurrentDictionary<string, MailUser> _users = new(StringComparer.Ordinal);
    private readonly DovecotPorts _ports;
    private readonly ServerCertificate _certificate;
    private readonly ServerProcess _process;
    private int _lastUser;

    private DovecotServer(string program, MailAccount account, DovecotOptions options)
    {
        Account = account;
        HierarchyDelimiter = options.HierarchyDelimiter;
        Directory = account.IsOurs ? System.IO.Directory.CreateTempSubdirectory("imapps-").FullName : ServerProcess.CreateDirectory();
        _certificate = ServerCertificate.Create(Directory);
        _ports = DovecotPorts.FindFree();
        account.CreateDirectory(Path.Combine(Directory, "users"));

        var configuration = new DovecotConfiguration(Directory, Password, options, _ports, account, _certificate).Write();
        _process = ServerProcess.Start(new ServerStart(Directory, program, ["-F", "-c", configuration]));
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
    public string LogText => _process.LogText;

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
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // Dovecot listens before it says that it starts up, so its ports are open from that line on.
    private async Task WaitUntilItAnswersAsync(CancellationToken cancellationToken)
    {
        await _process.UntilAsync(_ => Task.FromResult(LogText.Contains("starting up for imap", StringComparison.Ordinal)),
            cancellationToken);
        await _process.UntilItAnswersAsync(Port, cancellationToken);
    }
}

using System;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>Courier IMAP as Debian has it, but for the passwords, which it asks us for.</summary>
public sealed class CourierServer : IMailServer
{
    private static readonly string[] _packages = ["courier-imap", "courier-authdaemon", "gamin"];

    // As its own start script: its environment is its configuration.
    private const string Start =
        """
        set -a
        . "$1"
        exec "$2" "$3" /usr/sbin/couriertcpd -address=127.0.0.1 -maxprocs="$MAXDAEMONS" -maxperip="$MAXPERIP" $TCPDOPTS \
            "$4" /usr/lib/courier/courier/imaplogin /usr/bin/imapd "$MAILDIRPATH"
        """;

    private readonly ServerProcess _process;
    private readonly CourierAuthenticator _authenticator;
    private readonly UnpackedPackage _package;
    private readonly MailAccount _account;
    private readonly CourierJail _jail;
    private int _lastUser;

    private CourierServer(
        ServerProcess process,
        int port,
        CourierAuthenticator authenticator,
        UnpackedPackage package,
        MailAccount account,
        CourierJail jail)
    {
        _process = process;
        _authenticator = authenticator;
        _package = package;
        _account = account;
        _jail = jail;
        Port = port;
    }

    public string Name => "Courier IMAP";

    public string Version => _package.Version;

    public int Port { get; }

    public string Prefix => "INBOX.";

    public char Delimiter => '.';

    /// <summary>Starts a server, unpacking it first where that has not been done, and returns when it answers. It needs root.</summary>
    public static async Task<CourierServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var package = await UnpackedPackage.FindOrUnpackAsync(_packages, cancellationToken);
        var account = await MailAccount.FindAsync(cancellationToken);
        if (account.IsOurs || DebianPackage.Which("chroot") is not { } chroot)
        {
            throw new InvalidOperationException(
                "Courier has its paths built in, so it runs in a directory of its own as /. Run this as root where chroot is.");
        }

        CourierJail? jail = null;
        CourierAuthenticator? authenticator = null;
        try
        {
            var (process, port) = await ServerProcess.StartAsync(
                async port =>
                {
                    if (authenticator is not null) await authenticator.DisposeAsync();
                    jail = await CourierJail.BuildAsync(ServerProcess.CreateDirectory(), package, account, cancellationToken);
                    authenticator = CourierAuthenticator.Start(jail.PathOf(CourierAuthenticator.SocketPath), account);
                    var settings = package.PathOf("etc/courier/imapd");
                    string[] arguments = [settings, chroot, jail.Directory, FormattableString.Invariant($"{port}")];
                    return new ServerStart(jail.Directory, "/bin/sh", ["-c", Start, "courier", .. arguments]);
                },
                cancellationToken);
            return new CourierServer(process, port, authenticator!, package, account, jail!);
        }
        catch
        {
            if (authenticator is not null) await authenticator.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<MailLogin> AddUserAsync(CancellationToken cancellationToken = default)
    {
        var user = new MailLogin($"user{Interlocked.Increment(ref _lastUser)}", MailLogin.NewPassword());
        foreach (var part in (string[])["cur", "new", "tmp"]) _account.CreateDirectory(_jail.PathOf($"users/{user.Name}/Maildir/{part}"));
        _authenticator.Add(user);
        return Task.FromResult(user);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _authenticator.DisposeAsync();
    }
}

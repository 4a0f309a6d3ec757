using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>GNU Mailutils imap4d with mbox files, as Debian has it.</summary>
public sealed class MailutilsServer : IMailServer
{
    private const string Domain = "example.test";

    // crypt(3) of it is not in .NET.
    private const string Password = "correct-horse";
    private const string PasswordHash = "$6$imapps$Vzg2ctcPGayneDts7VwkGL5MELum/nHphdTunOXH0K9Tq0hvipSkNjnqaopc3wfqBoVS3y93bxfHdImWpkit1.";

    private readonly ServerProcess _process;
    private readonly UnpackedPackage _package;
    private readonly MailAccount _account;
    private readonly string _directory;
    private int _lastUser;

    private MailutilsServer(ServerProcess process, int port, UnpackedPackage package, MailAccount account, string directory)
    {
        _process = process;
        _package = package;
        _account = account;
        _directory = directory;
        Port = port;
    }

    public string Name => "GNU Mailutils imap4d";

    public string Version => _package.Version;

    public int Port { get; }

    /// <summary>Starts a server, unpacking it first where that has not been done, and returns when it answers.</summary>
    public static Task<MailutilsServer> StartAsync(CancellationToken cancellationToken = default) =>
        StartAsync(announcesScram: false, cancellationToken);

    /// <summary>Starts a server.</summary>
    /// <param name="announcesScram">Whether it has GSASL, and with it mechanisms that it cannot use: it knows no secret of anybody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<MailutilsServer> StartAsync(bool announcesScram, CancellationToken cancellationToken)
    {
        var package = await UnpackedPackage.FindOrUnpackAsync(["mailutils-imap4d"], cancellationToken);
        var account = await MailAccount.FindAsync(cancellationToken);
        var directory = "";
        var (process, port) = await ServerProcess.StartAsync(
            async port =>
            {
                directory = ServerProcess.CreateDirectory();
                Directory.CreateDirectory(Path.Combine(directory, "passwd"));
                account.CreateDirectory(Path.Combine(directory, "users"));
                var settings = Path.Combine(directory, "imap4d.conf");
                await File.WriteAllTextAsync(settings, Settings(directory, port, announcesScram), cancellationToken);
                return new ServerStart(directory, package.PathOf("usr/sbin/imap4d"), ["--no-site-config", $"--config-file={settings}"])
                {
                    Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["LD_LIBRARY_PATH"] = package.LibraryPath },
                };
            },
            cancellationToken);
        return new MailutilsServer(process, port, package, account, directory);
    }

    /// <inheritdoc/>
    public async Task<MailLogin> AddUserAsync(CancellationToken cancellationToken = default)
    {
        var name = $"user{Interlocked.Increment(ref _lastUser)}";
        var home = Path.Combine(_directory, "users", name);
        _account.CreateDirectory(home);

        // It takes no message for an INBOX whose file is not there yet.
        var inbox = Path.Combine(home, "INBOX");
        await File.WriteAllBytesAsync(inbox, [], cancellationToken);
        _account.Own(inbox);
        var line = FormattableString.Invariant($"{name}:{PasswordHash}:{_account.Uid}:{_account.Gid}:{name}:{home}:/bin/sh\n");
        await File.AppendAllTextAsync(Path.Combine(_directory, "passwd", Domain), line, cancellationToken);
        return new MailLogin($"{name}@{Domain}", Password);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Settings(string directory, int port, bool announcesScram) =>
        $$"""
        mode daemon;
        foreground yes;
        max-children 100;
        auth {
          authentication generic;
          authorization virtdomain;
        }
        virtdomain {
          passwd-dir {{directory}}/passwd;
        }
        {{(announcesScram ? "" : "gsasl {\n  enable no;\n}")}}
        logging {
          syslog no;
        }
        tcp-wrappers {
          enable no;
        }
        server 127.0.0.1:{{port}} {
        }

        """;
}

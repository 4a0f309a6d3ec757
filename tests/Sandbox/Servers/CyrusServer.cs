using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>Cyrus IMAP as Debian has it, with an INBOX and the usual folders for whoever logs in.</summary>
public sealed class CyrusServer : IMailServer
{
    private const string Realm = "localhost";
    private const string Administrator = "cyrus-admin";
    private static readonly string[] _packages = ["cyrus-imapd", "sasl2-bin", "libsasl2-modules", "libsasl2-modules-db"];

    private readonly ServerProcess _process;
    private readonly UnpackedPackage _package;
    private readonly MailAccount _account;
    private readonly string _passwords;
    private int _lastUser;

    private CyrusServer(ServerProcess process, int port, UnpackedPackage package, MailAccount account, string passwords)
    {
        _process = process;
        _package = package;
        _account = account;
        _passwords = passwords;
        Port = port;
    }

    public string Name => "Cyrus IMAP";

    public string Version => _package.Version;

    public int Port { get; }

    /// <summary>Starts a server, unpacking Cyrus first where that has not been done, and returns when it answers.</summary>
    public static async Task<CyrusServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var package = await UnpackedPackage.FindOrUnpackAsync(_packages, cancellationToken);
        var account = await MailAccount.FindAsync(cancellationToken);
        var passwords = "";
        var (process, port) = await ServerProcess.StartAsync(
            async port =>
            {
                var directory = ServerProcess.CreateDirectory();
                passwords = Path.Combine(directory, "sasldb2");
                foreach (var name in (string[])["lib", "spool", "run"]) account.CreateDirectory(Path.Combine(directory, name));
                var settings = Path.Combine(directory, "imapd.conf");
                await File.WriteAllTextAsync(settings, Settings(directory, account), cancellationToken);
                var services = Path.Combine(directory, "cyrus.conf");
                await File.WriteAllTextAsync(services, Services(package, settings, port), cancellationToken);
                string[] arguments = ["-C", settings, "-M", services, "-p", $"{directory}/run/pid"];
                return new ServerStart(directory, package.PathOf("usr/lib/cyrus/bin/master"), arguments)
                {
                    Environment = EnvironmentOf(package, account),
                };
            },
            cancellationToken);
        return new CyrusServer(process, port, package, account, passwords);
    }

    /// <inheritdoc/>
    public Task<MailLogin> AddUserAsync(CancellationToken cancellationToken = default) =>
        AddAsync($"user{Interlocked.Increment(ref _lastUser)}", cancellationToken);

    /// <summary>The administrator, who has rights to all folders, and no folders of its own.</summary>
    public Task<MailLogin> AddAdministratorAsync(CancellationToken cancellationToken = default) =>
        AddAsync(Administrator, cancellationToken);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<MailLogin> AddAsync(string name, CancellationToken cancellationToken)
    {
        var user = new MailLogin(name, MailLogin.NewPassword());
        const string script = """printf %s "$1" | LD_LIBRARY_PATH="$2" "$3" -c -p -f "$4" -u "$5" "$6" """;
        var program = _package.PathOf("usr/sbin/saslpasswd2");
        string[] arguments = [user.Password, _package.LibraryPath, program, _passwords, Realm, user.Name];
        await Tool.RunAsync("/bin/sh", ["-c", script, "saslpasswd2", .. arguments], cancellationToken);
        _account.Own(_passwords);
        return user;
    }

    private static string Settings(string directory, MailAccount account) =>
        $"""
        configdirectory: {directory}/lib
        proc_path: {directory}/run/proc
        mboxname_lockpath: {directory}/run/lock
        defaultpartition: default
        partition-default: {directory}/spool
        cyrus_user: {account.Name}
        servername: {Realm}
        admins: {Administrator}
        allowplaintext: yes
        sasl_pwcheck_method: auxprop
        sasl_auxprop_plugin: sasldb
        sasl_sasldb_path: {directory}/sasldb2
        sasl_mech_list: PLAIN LOGIN
        autocreate_quota: 0
        autocreate_inbox_folders: Drafts | Sent | Trash | Junk
        autocreate_subscribe_folders: Drafts | Sent | Trash | Junk
        xlist-drafts: Drafts
        xlist-sent: Sent
        xlist-trash: Trash
        xlist-junk: Junk

        """;

    private static string Services(UnpackedPackage package, string settings, int port) =>
        $$"""
        START {
          recover cmd="{{package.PathOf("usr/lib/cyrus/bin/ctl_cyrusdb")}} -C {{settings}} -r"
        }
        SERVICES {
          imap cmd="{{package.PathOf("usr/lib/cyrus/bin/imapd")}} -C {{settings}}" listen="127.0.0.1:{{port}}" prefork=1
        }
        EVENTS {
        }

        """;

    // Its children find these, as it changes its user without a new program.
    private static Dictionary<string, string> EnvironmentOf(UnpackedPackage package, MailAccount account) => new(StringComparer.Ordinal)
    {
        ["CYRUS_USER"] = account.Name,
        ["LD_LIBRARY_PATH"] = package.LibraryPath,
        ["SASL_PATH"] = string.Join(
            ':',
            package.LibraryFolders.Concat(Directory.GetDirectories("/usr/lib", "*-linux-gnu*"))
                .Select(folder => $"{folder}/sasl2")
                .Where(Directory.Exists)),
    };
}

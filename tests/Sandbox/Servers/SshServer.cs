using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>OpenSSH as Debian has it, on loopback, with PowerShell as subsystem: a machine for PowerShell remoting.</summary>
public sealed class SshServer : IAsyncDisposable
{
    private const UnixFileMode Program =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly ServerProcess _process;

    private SshServer(ServerProcess process, int port, string keyFile)
    {
        _process = process;
        Port = port;
        KeyFile = keyFile;
    }

    public int Port { get; }

    /// <summary>The private key of the one user who may log in.</summary>
    public string KeyFile { get; }

    /// <summary>That user: the one who runs this process.</summary>
    public string UserName { get; } = Environment.UserName;

    /// <summary>Starts a server, installing it first where that is needed, and returns when it answers.</summary>
    public static async Task<SshServer> StartAsync(CancellationToken cancellationToken = default)
    {
        string program = await DebianPackage.FindOrInstallAsync(() => DebianPackage.Which("sshd"), ["openssh-server", "openssh-client"],
            cancellationToken);
        string keys = DebianPackage.Which("ssh-keygen")!;
        string directory = ServerProcess.CreateDirectory();
        foreach (string key in (string[])["host", "user"])
        {
            await Tool.RunAsync(keys, ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(directory, key)], cancellationToken);
        }

        // sshd wants the directory when it runs as root.
        if (Environment.IsPrivilegedProcess) Directory.CreateDirectory("/run/sshd");
        string shell = Path.Combine(directory, "pwsh");
        string host = DebianPackage.Which(Path.GetFileName(PowerShellTool.Host)) ?? PowerShellTool.Host;
        string library = await PowerShellTool.FindOrRestoreAsync(cancellationToken);
        string start = $"#!/bin/sh\nexport POWERSHELL_UPDATECHECK=Off\nexec '{host}' '{library}' \"$@\"\n";
        await File.WriteAllTextAsync(shell, start, cancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(shell, Program);

        int port = DovecotPorts.FindFree().Plain;
        string configuration = Path.Combine(directory, "sshd_config");
        await File.WriteAllLinesAsync(
            configuration,
            [
                "ListenAddress 127.0.0.1",
                FormattableString.Invariant($"Port {port}"),
                $"HostKey {directory}/host",
                $"AuthorizedKeysFile {directory}/user.pub",
                "PermitRootLogin prohibit-password",
                "PasswordAuthentication no",
                "StrictModes no",
                "UsePAM no",
                "PidFile none",
                $"Subsystem powershell {shell} -sshs -NoLogo -NoProfile",
            ],
            cancellationToken);
        ServerProcess process = ServerProcess.Start(new ServerStart(directory, program, ["-D", "-e", "-f", configuration]));
        try
        {
            await process.UntilAsync(late => AnswersAsync(port, late), cancellationToken);
            return new SshServer(process, port, Path.Combine(directory, "user"));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            byte[] greeting = new byte[4];
            await client.GetStream().ReadExactlyAsync(greeting, cancellationToken);
            return greeting.AsSpan().SequenceEqual("SSH-"u8);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}

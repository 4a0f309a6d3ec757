using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>smtp4dev, a .NET tool: what people have in CI to catch the mail of an application. All users share one mailbox.</summary>
public sealed partial class Smtp4devServer : IMailServer
{
    private const string Package = "Rnwood.Smtp4dev";
    private const string PackageVersion = "3.15.0";

    private static readonly MailLogin _user = new("alice", "correct-horse");

    private readonly ServerProcess _process;
    private readonly int _smtpPort;

    private Smtp4devServer(ServerProcess process, int port, int smtpPort)
    {
        _process = process;
        _smtpPort = smtpPort;
        Port = port;
    }

    public string Name => "smtp4dev";

    public string Version => PackageVersion;

    public int Port { get; }

    /// <summary>Starts a server, installing the tool first where that has not been done, and returns when it answers.</summary>
    public static async Task<Smtp4devServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var folder = await SandboxCache.FindOrFillAsync(
            $"smtp4dev-{PackageVersion}",
            half => InstallAsync(half, cancellationToken),
            cancellationToken);
        var directory = ServerProcess.CreateDirectory();
        string[] arguments =
        [
            $"--baseappdatapath={directory}", "--db=", "--nousersettings", "--bindaddress=127.0.0.1", "--disableipv6",
            "--smtpport=0", "--imapport=0", "--pop3port=", "--urls=http://127.0.0.1:0", $"--user={_user.Name}={_user.Password}",
        ];
        var start = new ServerStart(directory, Path.Combine(folder, "smtp4dev"), arguments)
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_ROOT"] = RuntimeFolder },
        };
        var (process, ports) = await ServerProcess.StartAsync(start, FindPorts, cancellationToken);
        return new Smtp4devServer(process, ports.Item1, ports.Item2);
    }

    /// <summary>The one user there is.</summary>
    public Task<MailLogin> AddUserAsync(CancellationToken cancellationToken = default) => Task.FromResult(_user);

    /// <summary>By SMTP.</summary>
    public async Task DeliverAsync(MailLogin user, byte[] message, CancellationToken cancellationToken = default)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _smtpPort, cancellationToken);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await ExpectAsync("220");
        await SayAsync("HELO localhost", "250");
        await SayAsync("MAIL FROM:<sandbox@example.org>", "250");
        await SayAsync("RCPT TO:<alice@example.test>", "250");
        await SayAsync("DATA", "354");
        await stream.WriteAsync(message, cancellationToken);
        await SayAsync("\r\n.", "250");
        await SayAsync("QUIT", "221");

        async Task SayAsync(string command, string answer)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellationToken);
            await ExpectAsync(answer);
        }

        async Task ExpectAsync(string answer)
        {
            var line = await reader.ReadLineAsync(cancellationToken) ?? "";
            if (!line.StartsWith(answer, StringComparison.Ordinal)) throw new InvalidOperationException($"smtp4dev: {line}");
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // The runtime that runs us is the one that there is.
    private static string RuntimeFolder => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    private static Task<string> InstallAsync(string folder, CancellationToken cancellationToken) =>
        Tool.RunAsync(
            PowerShellTool.Host,
            ["tool", "install", Package, "--version", PackageVersion, "--tool-path", folder],
            cancellationToken);

    private static Tuple<int, int>? FindPorts(string log) =>
        ListeningPort("IMAP", log) is { } imap && ListeningPort("SMTP", log) is { } smtp ? Tuple.Create(imap, smtp) : null;

    private static int? ListeningPort(string server, string log)
    {
        foreach (Match line in Listening().Matches(log))
        {
            if (line.Groups["server"].Value == server) return int.Parse(line.Groups["port"].Value, CultureInfo.InvariantCulture);
        }

        return null;
    }

    [GeneratedRegex("(?<server>IMAP|SMTP) Server is listening on port (?<port>[0-9]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}

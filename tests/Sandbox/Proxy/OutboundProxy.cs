using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>A proxy as a company has one, from Debian: microsocks (SOCKS 5) or tinyproxy (HTTP CONNECT).</summary>
public sealed class OutboundProxy : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private OutboundProxy(ServerProcess process, string scheme, int port)
    {
        _process = process;
        Url = string.Create(CultureInfo.InvariantCulture, $"{scheme}://127.0.0.1:{port}");
    }

    /// <summary>What -Proxy takes.</summary>
    public string Url { get; }

    /// <summary>What it has said so far: whom it has connected, and to what.</summary>
    public string LogText => _process.LogText;

    /// <summary>microsocks.</summary>
    /// <param name="user">Who alone may use it; null for anybody.</param>
    /// <param name="password">Their password.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OutboundProxy> StartSocksAsync(string? user, string? password, CancellationToken cancellationToken)
    {
        var package = await UnpackedPackage.FindOrUnpackAsync(["microsocks"], cancellationToken);
        var port = DovecotPorts.FindFree().Plain;
        List<string> arguments = ["-i", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)];
        if (user is not null) arguments.AddRange(["-u", user, "-P", password!]);
        return await StartAsync("socks5", port, new ServerStart(ServerProcess.CreateDirectory(), package.PathOf("usr/bin/microsocks"),
            arguments), cancellationToken);
    }

    /// <summary>tinyproxy.</summary>
    /// <param name="user">Who alone may use it; null for anybody.</param>
    /// <param name="password">Their password.</param>
    /// <param name="onlyPort">The one port that it connects to; null for any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OutboundProxy> StartHttpAsync(string? user, string? password, int? onlyPort,
        CancellationToken cancellationToken)
    {
        var package = await UnpackedPackage.FindOrUnpackAsync(["tinyproxy-bin"], cancellationToken);
        var port = DovecotPorts.FindFree().Plain;
        var directory = ServerProcess.CreateDirectory();
        var settings = Path.Combine(directory, "tinyproxy.conf");
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture,
            $"""
            Port {port}
            Listen 127.0.0.1
            Timeout 600
            MaxClients 100
            LogLevel Connect
            Allow 127.0.0.1
            {(user is null ? "" : $"BasicAuth {user} {password}")}
            {(onlyPort is null ? "" : $"ConnectPort {onlyPort}")}

            """), cancellationToken);
        return await StartAsync("http", port, new ServerStart(directory, package.PathOf("usr/bin/tinyproxy"), ["-d", "-c", settings]),
            cancellationToken);
    }

    /// <summary>Waits until its log, which comes a little late, shows something.</summary>
    public Task WaitForLogAsync(Func<string, bool> condition, CancellationToken cancellationToken) =>
        _process.UntilAsync(_ => Task.FromResult(condition(LogText)), cancellationToken);

    /// <summary>Stops it and its connections.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<OutboundProxy> StartAsync(string scheme, int port, ServerStart start, CancellationToken cancellationToken)
    {
        var process = ServerProcess.Start(start);
        try
        {
            await process.UntilAsync(late => ListensAsync(port, late), cancellationToken);
            return new OutboundProxy(process, scheme, port);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient(AddressFamily.InterNetwork);
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

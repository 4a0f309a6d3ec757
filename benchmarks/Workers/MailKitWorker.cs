using System;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using MailKit.Net.Imap;
using MailKit.Security;

namespace ImapPS.Benchmarks.Workers;

/// <summary>The process that does a row's work with MailKit, and prints the seconds of each pass.</summary>
internal static class MailKitWorker
{
    public static async Task RunAsync(bool isWellUsed, CancellationToken cancellationToken)
    {
        using var client = new ImapClient();
        await ConnectAsync(client, isWellUsed, cancellationToken);
        IMailWork work = isWellUsed ? new WellUsedWork(client) : new NaiveWork(client);
        var folders = Setting("FOLDERS").Split(' ');
        var targets = Setting("TARGETS").Split(' ');
        for (var pass = 0; pass < folders.Length; pass++)
        {
            var watch = Stopwatch.StartNew();
            await DoAsync(work, folders[pass], targets[pass], cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pass {watch.Elapsed.TotalSeconds:F4}"));
        }

        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    public static string Setting(string name) => Environment.GetEnvironmentVariable("BENCH_" + name) ?? "";

    private static async Task ConnectAsync(ImapClient client, bool isWellUsed, CancellationToken cancellationToken)
    {
        var host = Setting("HOST");
        var port = int.Parse(Setting("PORT"), CultureInfo.InvariantCulture);
        if (isWellUsed)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(host, port, cancellationToken);
            await client.ConnectAsync(socket, host, port, SecureSocketOptions.None, cancellationToken);
        }
        else
        {
            await client.ConnectAsync(host, port, SecureSocketOptions.None, cancellationToken);
        }

        await client.AuthenticateAsync(Setting("USER"), Setting("PASSWORD"), cancellationToken);
    }

    private static Task DoAsync(IMailWork work, string folder, string target, CancellationToken cancellationToken) =>
        Setting("WORK") switch
        {
            "list" => work.ListAsync(folder, isRead: false, cancellationToken),
            "read" => work.ListAsync(folder, isRead: true, cancellationToken),
            "measure" => work.MeasureAsync(folder, cancellationToken),
            "save" => work.SaveAsync(folder, target, cancellationToken),
            "import" => work.ImportAsync(Setting("DIRECTORY"), target, cancellationToken),
            "move" => work.MoveAsync(folder, target, cancellationToken),
            "flag" => work.FlagAsync(folder, cancellationToken),
            var other => throw new FormatException($"MailKit has no work {other}."),
        };
}

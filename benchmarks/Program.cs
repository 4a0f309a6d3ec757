using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Pure;
using ImapPS.Benchmarks.Rows;
using ImapPS.Benchmarks.Running;
using ImapPS.Benchmarks.Workers;

namespace ImapPS.Benchmarks;

internal static class Program
{
    /// <summary>Where files are in memory, and the disk makes no difference.</summary>
    private const string Memory = "/dev/shm";

    private static async Task<int> Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (Directory.Exists(Memory)) Environment.SetEnvironmentVariable("TMPDIR", Memory);
        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await RunAsync(arguments, interruption.Token);
            return 0;
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }
    }

    private static Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        switch (arguments)
        {
            case ["worker", var way]:
                return MailKitWorker.RunAsync(isWellUsed: way is "well", cancellationToken);
            case ["pure", .. var filters]:
                PureBenchmarks.Run(filters);
                return Task.CompletedTask;
            case ["--help" or "-h"]:
                Console.WriteLine(Options.Usage);
                return Task.CompletedTask;
        }

        var options = Options.Parse(arguments);
        if (!options.OnlyLists) return new Table(options, Console.WriteLine).RunAsync(cancellationToken);
        foreach (var row in RowTable.All) Console.WriteLine($"{row.Id,-12}{row.Title}");
        return Task.CompletedTask;
    }
}

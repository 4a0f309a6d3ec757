using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace ImapPS.Benchmarks.Pure;

/// <summary>The parts that need no server, with BenchmarkDotNet.</summary>
internal static class PureBenchmarks
{
    // In this process: a project that BenchmarkDotNet writes would be built by the rules of this repository.
    public static void Run(string[] arguments)
    {
        var config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(System.IO.Path.Combine(System.IO.Path.GetTempPath(), "imapps-benchmarks"));
        string[] all = ["--filter", "*"];
        BenchmarkSwitcher.FromAssembly(typeof(PureBenchmarks).Assembly).Run(arguments.Length == 0 ? all : arguments, config);
    }
}

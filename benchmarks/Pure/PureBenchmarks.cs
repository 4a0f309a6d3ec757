namespace ImapPS.Benchmarks.Pure;
internal static class PureBenchmarks { public static void Run(string[] filters) { _ = filters; } }

using System.Collections.Generic;
using System.Globalization;
using ImapPS.Benchmarks.Rows;

namespace ImapPS.Benchmarks.Tools;

/// <summary>What a tool's process is told, in its environment.</summary>
/// <param name="Row">The row.</param>
/// <param name="Port">Where the server is, or what stands before it.</param>
/// <param name="User">The name to log in with.</param>
/// <param name="Password">The password.</param>
/// <param name="Passes">What each pass works on; the first is cold, the second warm.</param>
/// <param name="Directory">The files to import; else empty.</param>
internal sealed record WorkOrder(Row Row, int Port, string User, string Password, IReadOnlyList<Pass> Passes, string Directory)
{
    public const string Host = "127.0.0.1";

    public IEnumerable<KeyValuePair<string, string>> Environment()
    {
        yield return new("BENCH_HOST", Host);
        yield return new("BENCH_PORT", Port.ToString(CultureInfo.InvariantCulture));
        yield return new("BENCH_USER", User);
        yield return new("BENCH_PASSWORD", Password);
        yield return new("BENCH_ROOT", PackagedModule.Root);
        yield return new("BENCH_SUBJECT", Row.IsByWildcard ? "*inv?ice*" : "invoice");
        yield return new("BENCH_WILDCARD", Row.IsByWildcard ? "inv.ice" : string.Empty);
        yield return new("BENCH_WORK", Row.Work.ToString().ToLowerInvariant());
        yield return new("BENCH_OCTETS", Row.Octets.ToString(CultureInfo.InvariantCulture));
        yield return new("BENCH_DIRECTORY", Directory);
        yield return new("BENCH_FOLDERS", Joined(pass => pass.Folder));
        yield return new("BENCH_TARGETS", Joined(pass => pass.Target));
    }

    private string Joined(System.Func<Pass, string> part)
    {
        var parts = new List<string>();
        foreach (var pass in Passes) parts.Add(part(pass));
        return string.Join(' ', parts);
    }
}

/// <summary>What one pass works on.</summary>
/// <param name="Folder">The folder to read.</param>
/// <param name="Target">The folder or directory to write to; "-" where the work writes to none.</param>
internal sealed record Pass(string Folder, string Target = "-");

using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Rows;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Tools;

/// <summary>MailKit itself, in a process of this program.</summary>
internal sealed class MailKitTool(bool isWellUsed) : ITool
{
    public const string WellUsed = "MailKit (well used)";
    public const string Naive = "MailKit (naive)";

    public string Name => isWellUsed ? WellUsed : Naive;

    /// <summary>A command for each message takes minutes for some rows, which show nothing that the others do not.</summary>
    public bool Does(Row row) => row.Work switch
    {
        Work.OneLiner => false,
        Work.List or Work.Read => true,
        Work.Measure or Work.Move or Work.Flag => isWellUsed,
        _ => isWellUsed || row.RoundTrip == 0,
    };

    public bool IsSlow(Row row) => !isWellUsed && row.Work switch
    {
        Work.List or Work.Read => false,
        Work.Import or Work.Move or Work.Flag => true,
        _ => row.RoundTrip > 0,
    };

    public Task<string> PrepareAsync(CancellationToken cancellationToken) =>
        Task.FromResult(typeof(MailKit.Net.Imap.ImapClient).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version ?? "");

    public Task<ProcessStartInfo> StartAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        var program = Path.Combine(System.AppContext.BaseDirectory, "ImapPS.Benchmarks.dll");
        return Task.FromResult(new ProcessStartInfo(PowerShellTool.Host, [program, "worker", isWellUsed ? "well" : "naive"]));
    }
}

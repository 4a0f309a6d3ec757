using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Rows;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Tools;

/// <summary>PowerShell that does nothing: what a one-liner costs before ImapPS has its turn.</summary>
internal sealed class BareShellTool : ITool
{
    public const string ToolName = "bare pwsh";

    public string Name => ToolName;

    public bool Does(Row row) => row.Work is Work.OneLiner;

    public bool IsSlow(Row row) => false;

    public Task<string> PrepareAsync(CancellationToken cancellationToken) =>
        ToolPowerShell.RunAsync("\"$($PSVersionTable.PSVersion)\"", cancellationToken);

    public Task<ProcessStartInfo> StartAsync(WorkOrder order, CancellationToken cancellationToken) =>
        ToolPowerShell.StartInfoAsync(["-NoProfile", "-NonInteractive", "-File", PeerFile.Of("bare.ps1")], cancellationToken);
}

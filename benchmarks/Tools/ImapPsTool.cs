using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Rows;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Tools;

/// <summary>The module, in the PowerShell of the tool manifest.</summary>
internal sealed class ImapPsTool : ITool
{
    public const string ToolName = "ImapPS";

    public string Name => ToolName;

    public bool Does(Row row) => true;

    public bool IsSlow(Row row) => false;

    public async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        await PackagedModule.MakeAsync(cancellationToken);
        var version = await ToolPowerShell.RunAsync(
            ". ./build/Release.ps1; \"$(Get-PackageVersion) in PowerShell $($PSVersionTable.PSVersion)\"", cancellationToken);
        return version;
    }

    public Task<ProcessStartInfo> StartAsync(WorkOrder order, CancellationToken cancellationToken) => ToolPowerShell.StartInfoAsync(
        ["-NoProfile", "-NonInteractive", "-File", PeerFile.Of(order.Row.Work is Work.OneLiner ? "imapps-oneliner.ps1" : "imapps.ps1")],
        cancellationToken);
}

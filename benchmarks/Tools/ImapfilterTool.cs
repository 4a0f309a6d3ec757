using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Rows;

namespace ImapPS.Benchmarks.Tools;

/// <summary>imapfilter, which finds and changes messages as a Lua script says.</summary>
internal sealed class ImapfilterTool : ITool
{
    private string _program = "imapfilter";

    public string Name => "imapfilter";

    public bool Does(Row row) => row.Work is Work.Move or Work.Flag;

    public bool IsSlow(Row row) => row.RoundTrip > 0;

    public async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        _program = await DebianTool.FindAsync("imapfilter", ["imapfilter"], cancellationToken);
        return await DebianTool.VersionAsync("imapfilter", cancellationToken);
    }

    public Task<ProcessStartInfo> StartAsync(WorkOrder order, CancellationToken cancellationToken) =>
        Task.FromResult(new ProcessStartInfo(_program, ["-c", PeerFile.Of("peer_imapfilter.lua")]));
}

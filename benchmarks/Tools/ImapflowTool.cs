using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Rows;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Tools;

/// <summary>imapflow, the usual IMAP client of Node.js.</summary>
internal sealed class ImapflowTool : ITool
{
    private const string Version = "2.10.2";

    private readonly string _folder = Path.Combine(Repository.Root, "benchmarks", "obj", "npm");
    private string _node = "node";

    public string Name => "imapflow";

    public bool Does(Row row) => row.Work is not (Work.Read or Work.Measure);

    public bool IsSlow(Row row) => row.Work is Work.Import;

    public async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        _node = await DebianTool.FindAsync("node", ["nodejs"], cancellationToken);
        var npm = await DebianTool.FindAsync("npm", ["npm"], cancellationToken);
        if (!Directory.Exists(Path.Combine(_folder, "node_modules", "imapflow")))
        {
            Directory.CreateDirectory(_folder);
            await Tool.RunAsync(npm, ["install", "--no-audit", "--no-fund", "--prefix", _folder, $"imapflow@{Version}"], cancellationToken);
        }

        return $"{Version} on Node.js {await Tool.RunAsync(_node, ["--version"], cancellationToken)}";
    }

    public Task<ProcessStartInfo> StartAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(_node, [PeerFile.Of("peer_imapflow.js")]);
        start.Environment["BENCH_NODE_MODULES"] = Path.Combine(_folder, "node_modules");
        return Task.FromResult(start);
    }
}

using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Rows;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Tools;

/// <summary>Python's own IMAP library. It parses little: what it takes is what the server and the line take.</summary>
internal sealed class ImaplibTool : ITool
{
    private string _python = "python3";

    public string Name => "imaplib";

    public bool Does(Row row) => row.Work is not Work.Read;

    public bool IsSlow(Row row) => row.Work is Work.Import;

    public async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        _python = await DebianTool.FindAsync("python3", ["python3"], cancellationToken);
        return await Tool.RunAsync(_python, ["-c", "import sys; print('of Python', sys.version.split()[0])"], cancellationToken);
    }

    public Task<ProcessStartInfo> StartAsync(WorkOrder order, CancellationToken cancellationToken) =>
        Task.FromResult(new ProcessStartInfo(_python, [PeerFile.Of("peer_imaplib.py")]));
}

using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Rows;

namespace ImapPS.Benchmarks.Tools;

/// <summary>mbsync (isync), which copies a folder into a Maildir. It is timed as a whole: it starts in some milliseconds.</summary>
internal sealed class MbsyncTool : ITool
{
    private string _program = "mbsync";

    public string Name => "mbsync";

    public bool Does(Row row) => row.Work is Work.Save;

    public bool IsSlow(Row row) => false;

    public async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        _program = await DebianTool.FindAsync("mbsync", ["isync"], cancellationToken);
        return await DebianTool.VersionAsync("isync", cancellationToken);
    }

    public async Task<ProcessStartInfo> StartAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        var target = order.Passes[^1].Target;
        var configuration = target + ".mbsyncrc";
        var state = Directory.CreateDirectory(target + ".state").FullName;
        await File.WriteAllTextAsync(configuration, $"""
            FSync no
            IMAPAccount server
            Host {WorkOrder.Host}
            Port {order.Port}
            User {order.User}
            Pass {order.Password}
            SSLType None
            AuthMechs LOGIN
            Timeout 600

            IMAPStore far
            Account server

            MaildirStore near
            Path {target}/
            Inbox {target}/INBOX

            Channel save
            Far :far:
            Near :near:
            Patterns {order.Passes.Select(pass => pass.Folder).First()}
            Create Near
            Sync Pull
            SyncState {state}/

            """, cancellationToken);
        return new ProcessStartInfo(_program, ["-q", "-c", configuration, "save"]);
    }
}

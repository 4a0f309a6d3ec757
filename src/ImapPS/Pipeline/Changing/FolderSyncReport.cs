using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Syncing;

namespace ImapPS.Pipeline.Changing;

/// <summary>Tells the pipeline how the synchronization of a folder goes.</summary>
internal sealed class FolderSyncReport(PipelineWriter writer, string folder) : ISyncObserver
{
    public Task FailedAsync(ImapException error, CancellationToken cancellationToken) =>
        writer.WriteErrorAsync(error, cancellationToken);

    public void Copied(long done, long all, long bytes) =>
        writer.Progress($"Synchronize {DisplayText.Printable(folder)}",
            $"{DisplayText.CountOf(done, all, "message")}, {DisplayText.Size(bytes)}", done, all);
}

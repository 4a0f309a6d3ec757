using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;

namespace ImapPS.Syncing;

/// <summary>Who is told how a synchronization goes.</summary>
internal interface ISyncObserver
{
    /// <summary>An error about one message: the others go on.</summary>
    Task FailedAsync(ImapException error, CancellationToken cancellationToken);

    /// <summary>So many messages of a folder have been copied.</summary>
    void Copied(long done, long all, long bytes);
}

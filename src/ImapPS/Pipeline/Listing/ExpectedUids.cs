using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Pipeline.Base;

namespace ImapPS.Pipeline.Listing;

/// <summary>UIDs that were asked for by themselves: each is to be there.</summary>
internal sealed class ExpectedUids(MailboxAccess mailbox, IReadOnlyList<uint> uids)
{
    private uint? _uidNext;
    private bool _hasAsked;

    public IReadOnlyList<uint> Uids => uids;

    /// <summary>True when they come from a message that was read before, and not from the user.</summary>
    public bool AreOfMessage { get; init; }

    /// <summary>One error for each run of missing UIDs: a million of them may be one.</summary>
    public async Task ReportMissingAsync(string folder, IEnumerable<uint> missing, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        (uint First, uint Last)? run = null;
        foreach (uint uid in missing)
        {
            if (run is { } current && uid == current.Last + 1)
            {
                run = (current.First, uid);
                continue;
            }

            if (run is { } ended) await WriteAsync(ended).ConfigureAwait(false);
            run = (uid, uid);
        }

        if (run is { } last) await WriteAsync(last).ConfigureAwait(false);

        async Task WriteAsync((uint First, uint Last) gone) => await writer.WriteErrorAsync(
            AreOfMessage
                ? Failures.MessageNotFound(folder, gone.First, gone.First)
                : Failures.UidsNotFound(folder, gone.First, gone.Last, await UidNextAsync(folder, cancellationToken).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The folder's UIDNEXT as it is now: what the folder said when it was opened may be from before the messages that came since.
    /// </summary>
    private async Task<uint?> UidNextAsync(string folder, CancellationToken cancellationToken)
    {
        if (_hasAsked) return _uidNext;

        _hasAsked = true;
        try
        {
            _uidNext = (await new FolderReader(mailbox).GetAsync(folder, cancellationToken).ConfigureAwait(false)).UidNext;
        }
        catch (ImapException)
        {
            // It is a courtesy: that the message is not there must be told all the same.
        }

        return _uidNext;
    }
}

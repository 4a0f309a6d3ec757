using System.Collections.Generic;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Mailbox;

/// <summary>What became of some messages: what those are now that were changed, and an error for each that was not.</summary>
internal sealed class ChangeResult
{
    /// <summary>The messages that were changed: where they are now, and as they are now as far as that was read again.</summary>
    public List<ImapMessage> Arrived { get; } = [];

    /// <summary>Messages that were changed, but of which the server does not tell where they are, or which are no more.</summary>
    public int Unnamed { get; set; }

    public List<ImapException> Errors { get; } = [];

    /// <summary>For messages that are where they were to go already.</summary>
    public static async IAsyncEnumerable<ChangeResult> Unmoved(MessageBatch batch)
    {
        var result = new ChangeResult();
        foreach (uint uid in batch.Uids) result.Arrived.Add(batch[uid]);

        await Task.CompletedTask.ConfigureAwait(false);
        yield return result;
    }
}

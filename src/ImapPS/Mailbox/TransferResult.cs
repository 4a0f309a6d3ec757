using System.Collections.Generic;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Mailbox;

/// <summary>What became of some messages: where those are now that arrived, and an error for each that did not.</summary>
internal sealed class TransferResult
{
    public List<ImapMessage> Arrived { get; } = [];

    /// <summary>Messages that were moved, but whose new UID the server does not tell.</summary>
    public int Unnamed { get; set; }

    public List<ImapException> Errors { get; } = [];

    /// <summary>For messages that are where they were to go already.</summary>
    public static async IAsyncEnumerable<TransferResult> Unmoved(MessageBatch batch)
    {
        var result = new TransferResult();
        foreach (uint uid in batch.Uids) result.Arrived.Add(batch[uid]);

        await Task.CompletedTask.ConfigureAwait(false);
        yield return result;
    }
}

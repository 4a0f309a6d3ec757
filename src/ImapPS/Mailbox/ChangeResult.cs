using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Mailbox;

/// <summary>What became of some messages: what those are now that were changed, and an error for each that was not.</summary>
internal sealed class ChangeResult
{
    private readonly List<MessageChange> _changes = [];

    /// <summary>The messages that were changed.</summary>
    public IReadOnlyList<MessageChange> Changes => _changes;

    /// <summary>Those of them whose place is known, where they are now.</summary>
    public IEnumerable<ImapMessage> Arrived => _changes.Where(change => change.After is not null).Select(change => change.After!);

    public List<ImapException> Errors { get; } = [];

    public void Add(ImapMessage before, ImapMessage? after) => _changes.Add(new(before, after));

    /// <summary>For messages that are where they were to go already.</summary>
    public static async IAsyncEnumerable<ChangeResult> Unmoved(MessageBatch batch)
    {
        var result = new ChangeResult();
        foreach (uint uid in batch.Uids) result.Add(batch[uid], batch[uid]);

        await Task.CompletedTask.ConfigureAwait(false);
        yield return result;
    }
}

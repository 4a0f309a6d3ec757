using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;

namespace ImapPS.Changing;

/// <summary>What became of some messages: what those are now that were changed, and an error for each that was not.</summary>
internal sealed class ChangeResult
{
    private readonly List<MessageChange> _changes = [];

    /// <summary>The messages that were changed.</summary>
    public IReadOnlyList<MessageChange> Changes => _changes;

    /// <summary>Those of them whose place is known, where they are now.</summary>
    public IEnumerable<ImapMessage> Arrived => _changes.Where(change => change.After is not null).Select(change => change.After!);

    /// <summary>The messages that are as they were to be already: nothing was sent for them.</summary>
    public IReadOnlyList<ImapMessage> Unchanged { get; private set; } = [];

    public List<ImapException> Errors { get; } = [];

    /// <param name="before">The message as it was.</param>
    /// <param name="after">The message as it is now, if that is known.</param>
    /// <param name="folder">The folder that it is in, where that is known and no more.</param>
    public void Add(ImapMessage before, ImapMessage? after, string? folder = null) =>
        _changes.Add(new(before, after, after?.Folder ?? folder));

    /// <summary>
    /// Changes messages a command line's worth of UIDs at a time. What was done of a line before it failed is told first.
    /// </summary>
    public static async IAsyncEnumerable<ChangeResult> EachAsync(
        MessageBatch batch,
        Func<IReadOnlyList<uint>, ChangeResult, Task> change,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<uint> uids in UidSets.Split(batch.Uids, _ => int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = new ChangeResult();
            ExceptionDispatchInfo? end = null;
            try
            {
                await change(uids, result).ConfigureAwait(false);
            }
            catch (Exception failed)
            {
                end = ExceptionDispatchInfo.Capture(failed);
            }

            if (result.Changes.Count + result.Errors.Count > 0) yield return result;

            end?.Throw();
        }
    }

    /// <summary>For messages that are where they were to go already.</summary>
    public static async IAsyncEnumerable<ChangeResult> UnmovedAsync(MessageBatch batch, MailboxAccess mailbox,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MessageTrial trial = await MessageTrial.LookAsync(batch, mailbox, tellsMissing: true, cancellationToken).ConfigureAwait(false);
        var result = new ChangeResult { Unchanged = trial.Messages };
        result.Errors.AddRange(trial.Errors);
        yield return result;
    }
}

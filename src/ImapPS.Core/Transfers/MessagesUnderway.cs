using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Transfers;

/// <summary>The messages of a batch that are on their way to another session, and what became of them.</summary>
/// <param name="batch">The messages, where they are.</param>
/// <param name="destination">The folder that they go to.</param>
/// <param name="targetSession">The session that it is in.</param>
/// <param name="removesOriginals">Whether they are moved rather than copied.</param>
internal sealed class MessagesUnderway(MessageBatch batch, TransferDestination destination, int targetSession, bool removesOriginals)
{
    private readonly Dictionary<AppendSource, ImapMessage> _underway = [];

    /// <summary>The UID, where they come from, of messages that have arrived.</summary>
    public List<uint> UidsOf(IEnumerable<AppendResult> arrived) => [.. arrived.Select(result => _underway[result.Source].Uid)];

    /// <summary>The messages as they are appended. No more of them are in memory than one command takes.</summary>
    public async IAsyncEnumerable<AppendSource> SourcesAsync(IReadOnlyList<ImapMessage> messages, SpooledMessages spooled)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (ImapMessage message in messages)
        {
            var letter = new AppendSource(Name(message), () => spooled.Open(message.Uid))
            {
                Target = batch[message.Uid],
                Flags = message.Flags,
                Keywords = message.Keywords,
                Received = message.Received,
            };
            _underway.Add(letter, message);
            yield return letter;
        }
    }

    /// <summary>
    /// An OK without a UID says that the server has the message. But an original goes only when its copy was seen as well.
    /// </summary>
    public bool IsConfirmed(AppendResult result) => result.Error is null && (result.Uid is not null || !removesOriginals);

    /// <summary>Messages that did not arrive, or of which that is not known.</summary>
    public ChangeResult Failed(IEnumerable<AppendResult> results)
    {
        var failed = new ChangeResult();
        foreach (AppendResult result in results.Where(result => !IsConfirmed(result)))
        {
            uint uid = _underway[result.Source].Uid;
            failed.Errors.Add(result.Error is { Id: not ImapErrorId.OutcomeUnknown } error
                ? Failures.NotTransferred(batch.Folder, uid, destination.Path, error, batch[uid])
                : Failures.TransferUnknown(batch.Folder, uid, destination.Path, batch[uid]));
            _underway.Remove(result.Source);
        }

        return failed;
    }

    /// <summary>Messages that had gone out when the connection broke for good, and may have arrived.</summary>
    public ChangeResult Unknown()
    {
        var unknown = new ChangeResult();
        foreach (KeyValuePair<AppendSource, ImapMessage> sent in _underway.Where(sent => sent.Key.MayHaveArrived)
            .OrderBy(sent => sent.Value.Uid))
        {
            unknown.Errors.Add(Failures.TransferUnknown(batch.Folder, sent.Value.Uid, destination.Path, batch[sent.Value.Uid]));
        }

        return unknown;
    }

    /// <summary>Messages that have arrived, and may still be where they were: to run the move again would double them.</summary>
    public ChangeResult Unremoved(IEnumerable<uint> uids)
    {
        var unremoved = new ChangeResult();
        unremoved.Errors.AddRange(uids.Select(uid => Failures.RemovalUnknown(batch.Folder, uid, destination.Path, batch[uid])));
        return unremoved;
    }

    /// <summary>Messages that have arrived, with their new places.</summary>
    public ChangeResult Arrived(IEnumerable<AppendResult> arrived)
    {
        var done = new ChangeResult();
        foreach (AppendResult result in arrived)
        {
            ImapMessage message = _underway[result.Source];
            if (result.Source.IsBare) message = message.With(message.Flags, ImapList<string>.Empty, message.ModSeq, message.Labels);
            _underway.Remove(result.Source);
            done.Add(batch[message.Uid], result.Uid is { } uid
                ? message.InAccount(targetSession, destination.Path, destination.UidValidity, uid) : null);
        }

        return done;
    }

    private static string Name(ImapMessage message) =>
        string.Format(CultureInfo.InvariantCulture, "message {0} of {1}", message.Uid, message.Folder);
}

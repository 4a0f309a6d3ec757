using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Changing;
using ImapPS.Models;

namespace ImapPS.Pipeline.Base;

/// <summary>Where messages are that one command can name.</summary>
internal readonly record struct BatchKey(int Session, string Folder, uint? UidValidity);

/// <summary>The messages of a pipeline that wait for their command, in a batch for each session, folder and UIDVALIDITY.</summary>
/// <param name="send">Works on a batch. It is called when the batch is out of here.</param>
internal sealed class MessageGathering(Action<BatchKey, MessageBatch> send)
{
    /// <summary>
    /// A batch of so many is sent as soon as another folder begins. It is a large command even if its folder comes again; a smaller one
    /// waits, since where folders come mixed, as sorted by date they do, each change would be a command.
    /// </summary>
    private const int Large = 1_000;

    private readonly Dictionary<BatchKey, (MessageBatch Batch, long Began)> _batches = [];
    private long _began;
    private BatchKey? _last;

    /// <summary>How many messages wait.</summary>
    public long Count { get; private set; }

    /// <summary>The most that ever waited at a time.</summary>
    public long Most { get; private set; }

    /// <summary>The places of the messages that wait, in the order in which their batches were begun.</summary>
    public IReadOnlyList<BatchKey> Keys => [.. _batches.OrderBy(entry => entry.Value.Began).Select(entry => entry.Key)];

    /// <summary>Adds a message.</summary>
    /// <param name="key">Where it is.</param>
    /// <param name="message">The message.</param>
    /// <param name="isFull">True when a batch is to be sent before this message joins it.</param>
    /// <param name="limit">
    /// How many may wait in all; long.MaxValue where nothing may be sent before all have arrived. For one more, the largest batch is
    /// sent: the earliest of equals, which is a folder that is done where folders come one after the other. Where they come mixed, no other
    /// choice makes larger commands.
    /// </param>
    public void Add(BatchKey key, ImapMessage message, Func<MessageBatch, bool> isFull, long limit)
    {
        if (_batches.TryGetValue(key, out (MessageBatch Batch, long) waiting) && isFull(waiting.Batch)) Send(key);
        if (limit < long.MaxValue && _last is { } before && before != key && HasLarge(before)) Send(before);
        while (Count > 0 && Count >= limit) Send(Largest());

        if (!_batches.TryGetValue(key, out waiting)) _batches[key] = waiting = (new MessageBatch(key.Folder, key.UidValidity), _began++);

        // A message that is there already counts once.
        Count -= waiting.Batch.Count;
        waiting.Batch.Add(message);
        Count += waiting.Batch.Count;
        Most = Math.Max(Most, Count);
        _last = key;
    }

    /// <summary>Sends a batch.</summary>
    public void Send(BatchKey key)
    {
        MessageBatch batch = _batches[key].Batch;
        _batches.Remove(key);
        Count -= batch.Count;
        send(key, batch);
    }

    private bool HasLarge(BatchKey key) =>
        _batches.TryGetValue(key, out (MessageBatch Batch, long) waiting) && waiting.Batch.Count >= Large;

    private BatchKey Largest()
    {
        KeyValuePair<BatchKey, (MessageBatch Batch, long Began)> largest = _batches.First();
        foreach (KeyValuePair<BatchKey, (MessageBatch Batch, long Began)> entry in _batches)
        {
            int more = entry.Value.Batch.Count - largest.Value.Batch.Count;
            if (more > 0 || (more == 0 && entry.Value.Began < largest.Value.Began)) largest = entry;
        }

        return largest.Key;
    }
}

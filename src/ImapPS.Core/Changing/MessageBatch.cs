using System.Collections.Generic;
using System.Linq;
using ImapPS.Mailbox;
using ImapPS.Models;

namespace ImapPS.Changing;

/// <summary>Messages of one folder that one command is to change, gathered from the pipeline.</summary>
internal sealed class MessageBatch(string folder, uint? uidValidity)
{
    private readonly SortedDictionary<uint, ImapMessage> _messages = [];
    private readonly List<ImapMessage> _arrived = [];
    private SetLength _length;
    private uint _last;
    private bool _inOrder = true;

    public string Folder { get; } = folder;

    public uint? UidValidity { get; } = uidValidity;

    public int Count => _messages.Count;

    /// <summary>The octets of all of them, as far as their sizes are known.</summary>
    public long Bytes { get; private set; }

    public IReadOnlyList<uint> Uids => [.. _messages.Keys];

    public IReadOnlyList<ImapMessage> Messages => [.. _messages.Values];

    /// <summary>The messages in the order in which they came.</summary>
    public IReadOnlyList<ImapMessage> Arrived => _arrived;

    public ImapMessage this[uint uid] => _messages[uid];

    public bool Contains(uint uid) => _messages.ContainsKey(uid);

    /// <summary>Adds a message; one that is there already counts once.</summary>
    public void Add(ImapMessage message)
    {
        if (_messages.ContainsKey(message.Uid)) return;

        _messages.Add(message.Uid, message);
        _arrived.Add(message);
        Bytes += message.Size;
        _inOrder &= message.Uid > _last;
        _last = message.Uid;
        if (_inOrder) _length.Add(message.Uid);
    }

    /// <summary>
    /// True when one more message would make the set too long for one command. Messages out of order are not measured: they wait for the
    /// end, or the batch size.
    /// </summary>
    public bool IsFullFor(uint uid) => _inOrder && uid > _last && _length.With(uid) > UidSets.LongestSet;

    /// <summary>The batch in pieces of at most so many messages.</summary>
    public IEnumerable<MessageBatch> Split(int largest)
    {
        if (Count <= largest)
        {
            yield return this;
            yield break;
        }

        foreach (IReadOnlyList<uint> uids in UidSets.Split(Uids, _ => largest))
        {
            yield return With(uids.Select(uid => _messages[uid]));
        }
    }

    /// <summary>A batch of the same folder with these messages.</summary>
    public MessageBatch With(IEnumerable<ImapMessage> messages) => With(messages, UidValidity);

    /// <summary>The batch, for a folder of that UIDVALIDITY and no other.</summary>
    public MessageBatch Under(uint? uidValidity) => With(_arrived, uidValidity);

    private MessageBatch With(IEnumerable<ImapMessage> messages, uint? uidValidity)
    {
        var batch = new MessageBatch(Folder, uidValidity);
        foreach (ImapMessage message in messages) batch.Add(message);
        return batch;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>
/// Finds messages of a backup that may be the same as one on the server: those with its EMAILID, which is exact (RFC 8474), or with its
/// size, time of receipt and Message-ID.
/// </summary>
internal sealed class KnownMessages(BackupContents contents)
{
    private Dictionary<string, List<BackupEntry>>? _byId;

    // With the Message-ID: thousands of messages may have come in one second.
    private Dictionary<(long Size, long Received, string MessageId), List<BackupEntry>>? _byState;

    /// <summary>The messages that are this one for certain, by what the server says.</summary>
    public IEnumerable<BackupEntry> Same(ImapMessage message)
    {
        Build();
        return message.EmailId.Length > 0 && _byId!.TryGetValue(message.EmailId, out List<BackupEntry>? same)
            ? same.Where(entry => entry.ToldSize == message.Size) : [];
    }

    /// <summary>The messages that are alike, so far as is known without their headers. One without a Message-ID is like no other.</summary>
    public IEnumerable<BackupEntry> Alike(ImapMessage message)
    {
        Build();
        return message is { MessageId.Length: > 0, Received: { } received }
            && _byState!.TryGetValue((message.Size, received.UtcTicks, message.MessageId), out List<BackupEntry>? alike)
            ? alike.Where(entry => entry.EmailId.Length == 0 || message.EmailId.Length == 0 || entry.EmailId == message.EmailId)
            : [];
    }

    /// <summary>Takes note of one more message.</summary>
    public void Add(BackupEntry entry)
    {
        // What is not built yet reads all of them.
        if (_byId is null) return;

        if (entry.EmailId.Length > 0) List(_byId, entry.EmailId).Add(entry);
        if (entry is { MessageId.Length: > 0, Received: { } received })
        {
            List(_byState!, (entry.ToldSize, received.UtcTicks, entry.MessageId)).Add(entry);
        }
    }

    private void Build()
    {
        if (_byId is not null) return;

        _byId = new Dictionary<string, List<BackupEntry>>(StringComparer.Ordinal);
        _byState = [];
        foreach (BackupEntry entry in contents.Folders.SelectMany(folder => folder.Entries)) Add(entry);
    }

    private static List<BackupEntry> List<TKey>(Dictionary<TKey, List<BackupEntry>> index, TKey key)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<BackupEntry>? list)) index[key] = list = [];
        return list;
    }
}

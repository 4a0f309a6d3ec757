using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>What a backup knows of a folder.</summary>
internal sealed class BackupFolder(ManifestLine line)
{
    public const string Extension = ".eml";

    private readonly Dictionary<(uint UidValidity, uint Uid), BackupEntry> _entries = [];

    /// <summary>What was last told of the folder.</summary>
    public ManifestLine Line { get; private set; } = line;

    public int Id { get; } = line.Folder ?? 0;

    public string Path => Line.Path ?? string.Empty;

    /// <summary>The directory, with slashes, below the backup's.</summary>
    public string Directory => Line.Directory ?? string.Empty;

    public IReadOnlyList<string> Names => Line.Names ?? [Path];

    public ImapSpecialUse Role => Enum.TryParse(Line.SpecialUse, out ImapSpecialUse role) ? role : ImapSpecialUse.None;

    public bool Subscribed => Line.Subscribed ?? false;

    /// <summary>The state of the folder of which all is in the backup; null where there is none.</summary>
    public ManifestLine? State { get; private set; }

    /// <summary>Whether a backup of the folder was ever complete: of all of it, or of what was asked for.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>All messages, those that are gone and those of an earlier UIDVALIDITY as well.</summary>
    public IReadOnlyCollection<BackupEntry> Entries => _entries.Values;

    /// <summary>
    /// The files of messages that the manifest no longer has, unless another message has the same; and the digest of what has to be in
    /// another file before such a one may go, or null.
    /// </summary>
    public Dictionary<string, string?> Left { get; } = new(StringComparer.Ordinal);

    public BackupEntry? Find(uint uidValidity, uint uid) =>
        _entries.TryGetValue((uidValidity, uid), out BackupEntry? entry) ? entry : null;

    /// <summary>Takes note of a line about the folder or one of its messages.</summary>
    /// <returns>The message that the line brings, or null.</returns>
    public BackupEntry? Apply(ManifestLine line)
    {
        (uint UidValidity, uint Uid) key = (line.UidValidity ?? 0, line.Uid ?? 0);
        switch (line.Type)
        {
            case ManifestLine.OfFolder:
                Line = line;
                break;
            case ManifestLine.State:
                (State, IsComplete) = (line, true);
                break;
            case ManifestLine.Selected:
                IsComplete = true;
                break;
            case ManifestLine.Message when Digests.IsDigest(line.Digest) && BackupNames.IsSafe(line.File):
                var entry = new BackupEntry(this, line);
                _entries[key] = entry;
                return entry;
            case ManifestLine.OfFlags when _entries.TryGetValue(key, out BackupEntry? changed):
                changed.Flags = line.Flags ?? [];
                break;
            case ManifestLine.Gone when _entries.TryGetValue(key, out BackupEntry? gone):
                gone.Gone = line.Time ?? DateTimeOffset.MinValue;
                gone.Reason = line.Reason ?? string.Empty;
                break;
            case ManifestLine.Removed or ManifestLine.Replaced:
                if (Find(key.UidValidity, key.Uid) is { } left)
                {
                    // What was only numbered anew has its octets under the new number.
                    if (line.Type == ManifestLine.Removed) Left[left.FileName] = null;
                    else if (left.File is not null) Left[left.FileName] = left.Digest;
                }

                _entries.Remove(key);
                break;
        }

        return null;
    }

    /// <summary>The line that says that nothing of the folder is left to be fetched, since the server does not have it any more.</summary>
    public ManifestLine Ended() => new() { Type = ManifestLine.State, Folder = Id, Time = DateTimeOffset.UtcNow };

    /// <summary>The messages that the server had when it was last looked.</summary>
    public IEnumerable<BackupEntry> Present => Entries.Where(entry => entry.Gone is null);
}

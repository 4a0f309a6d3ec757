using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using ImapPS.Errors;
using ImapPS.Files;

namespace ImapPS.Syncing;

/// <summary>
/// What is recorded of earlier runs: a file of lines that grows, and is on the disk before the next batch begins. A line that a crash has
/// cut off, and lines about other accounts, are passed over; lines about another UIDVALIDITY are worth nothing any more.
/// </summary>
internal sealed class SyncState : IDisposable
{
    private const string Name = "state file";

    private readonly Dictionary<(string Folder, string Destination), FolderRecord> _folders = [];
    private readonly string _accounts;
    private readonly Journal? _journal;

    private SyncState(string accounts, Journal? journal)
    {
        _accounts = accounts;
        _journal = journal;
    }

    /// <summary>True when folders were left settled: then it is worth asking for their marks.</summary>
    public bool HasSettled => _folders.Values.Any(folder => folder.Settled is not null);

    /// <param name="path">The file; null when nothing is recorded.</param>
    /// <param name="accounts">The two accounts.</param>
    /// <param name="isReadOnly">Whether nothing is to be written.</param>
    public static SyncState Open(string? path, string accounts, bool isReadOnly)
    {
        if (path is null) return new SyncState(accounts, journal: null);

        try
        {
            if (isReadOnly) Journal.Check(path, Name);
            var state = new SyncState(accounts, isReadOnly ? null : new Journal(path, Name));
            if (File.Exists(path)) state.Read(path);
            return state;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotRead(path, failed, path);
        }
    }

    /// <summary>What is recorded of a folder and its counterpart.</summary>
    public FolderRecord Of(string folder, string destination)
    {
        if (!_folders.TryGetValue((folder, destination), out FolderRecord? record))
        {
            _folders[(folder, destination)] = record = new FolderRecord();
        }

        return record;
    }

    /// <summary>Records messages that were matched, or have arrived.</summary>
    public void Add(FolderSnapshot source, string destination, uint uidValidity, IReadOnlyDictionary<uint, uint> pairs)
    {
        // Where there is no UIDVALIDITY, a UID is nothing to know a message by.
        if (_journal is null || source.UidValidity == 0 || uidValidity == 0) return;

        FolderRecord record = Of(source.Path, destination);
        bool isKnown = record.IsOf(source.UidValidity, uidValidity);
        List<KeyValuePair<uint, uint>> added =
            [.. pairs.Where(pair => !isKnown || !record.Pairs.TryGetValue(pair.Key, out uint there) || there != pair.Value)];
        if (added.Count == 0) return;

        Write(Line(source, destination, uidValidity) with
        {
            Uids = [.. added.Select(pair => pair.Key)],
            DestinationUids = [.. added.Select(pair => pair.Value)],
        });
    }

    /// <summary>Records that nothing holds of what is recorded of a folder and its counterpart.</summary>
    public void Forget(FolderSnapshot source, FolderSnapshot destination)
    {
        SyncLine line = Line(source, destination.Path, destination.UidValidity) with { Forgets = true };
        if (_journal is null) Of(line.Folder, line.Destination).Take(line);
        else Write(line);
    }

    /// <summary>Records that a folder and its counterpart are the same, so far as the source has it.</summary>
    public void Settle(FolderSnapshot source, FolderSnapshot destination, long extra)
    {
        if (_journal is null || source.UidValidity == 0 || destination.UidValidity == 0) return;
        if (source.ModSeq == 0 || destination.ModSeq == 0 || source.UidNext == 0 || destination.UidNext == 0) return;

        var settled = new SettledFolder(Marks(source), Marks(destination), extra);
        FolderRecord record = Of(source.Path, destination.Path);
        if (record.IsOf(source.UidValidity, destination.UidValidity) && record.Settled == settled) return;

        Write(Line(source, destination.Path, destination.UidValidity) with { Settled = settled });
    }

    public void Dispose() => _journal?.Dispose();

    private static FolderMarks Marks(FolderSnapshot folder) => new(folder.UidNext, folder.ModSeq, folder.Count, folder.Bytes);

    private SyncLine Line(FolderSnapshot source, string destination, uint uidValidity) => new()
    {
        Accounts = _accounts,
        Folder = source.Path,
        UidValidity = source.UidValidity,
        Destination = destination,
        DestinationUidValidity = uidValidity,
    };

    private void Write(SyncLine line)
    {
        try
        {
            _journal!.Append([line]);
        }
        catch (IOException failed)
        {
            throw Failures.StateNotWritten(_journal!.Path, failed);
        }

        Of(line.Folder, line.Destination).Take(line);
    }

    private void Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } text)
        {
            if (Parse(text) is { } line && line.Accounts == _accounts) Of(line.Folder, line.Destination).Take(line);
        }
    }

    private static SyncLine? Parse(string text)
    {
        try
        {
            SyncLine? line = JsonSerializer.Deserialize<SyncLine>(text);
            bool isWhole = line is not ({ Folder: null } or { Destination: null } or { Settled.Source: null }
                or { Settled.Destination: null });
            return isWhole ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

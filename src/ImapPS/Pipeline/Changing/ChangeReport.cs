using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Models;

namespace ImapPS.Pipeline.Changing;

/// <summary>The account that a cmdlet keeps of what it changes: a line a message in the journal, and sums for the summary.</summary>
/// <param name="command">The cmdlet's name.</param>
/// <param name="journal">Null when none is asked for, and under -WhatIf.</param>
/// <param name="summarizes">Whether sums are asked for.</param>
internal sealed class ChangeReport(string command, Journal? journal, bool summarizes) : IDisposable
{
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private long _messages;
    private long _bytes;
    private DateTimeOffset? _oldest;
    private DateTimeOffset? _newest;
    private int _batches;

    /// <summary>True when what a message is has to be known before it is changed.</summary>
    public bool IsRequested => journal is not null || summarizes;

    /// <summary>True when what a message is has to be known after the change as well.</summary>
    public bool HasJournal => journal is not null;

    /// <summary>Takes account of a batch that the server has confirmed.</summary>
    public void Add(IReadOnlyCollection<MessageChange> changes)
    {
        if (IsRequested) Add([.. changes.Select(JournalEntry.Of)]);
    }

    /// <summary>Takes account of a batch that the server has confirmed.</summary>
    public void Add(IReadOnlyList<JournalEntry> entries)
    {
        if (!IsRequested || entries.Count == 0) return;

        Sum(entries);
        DateTime now = DateTime.UtcNow;
        try
        {
            journal?.Append(entries.Select(entry => entry with { Time = now, Command = command }));
        }
        catch (IOException failed)
        {
            throw Failures.JournalNotWritten(journal!.Path, [.. entries.Select(entry => entry.Message!)], failed);
        }
    }

    /// <param name="retries">How often the connection was lost.</param>
    /// <param name="errors">How many errors were written.</param>
    public ImapChangeSummary Summarize(int retries, int errors) => new()
    {
        Command = command,
        Messages = _messages,
        Bytes = _bytes,
        Oldest = _oldest,
        Newest = _newest,
        Batches = _batches,
        Retries = retries,
        Errors = errors,
        Elapsed = _elapsed.Elapsed,
    };

    public void Dispose() => journal?.Dispose();

    private void Sum(IReadOnlyList<JournalEntry> entries)
    {
        _batches++;
        _messages += entries.Count;
        foreach (JournalEntry entry in entries)
        {
            _bytes += entry.Size;
            if (entry.Received is not { } received) continue;

            if (_oldest is null || received < _oldest) _oldest = received;
            if (_newest is null || received > _newest) _newest = received;
        }
    }
}

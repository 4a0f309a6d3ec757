using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Transfers;

/// <summary>
/// What becomes of the files of a batch, which workers write while the next ones come in. It is told in the order in which the files
/// were begun, whichever was done first.
/// </summary>
internal sealed class SaveRun(TransferMeter meter)
{
    /// <summary>The most octets that wait in memory for their files.</summary>
    public const long MostInMemory = 8 * 1024 * 1024;

    private const int Workers = 2;

    private readonly object _lock = new();
    private readonly FileWorkers _workers = new(Workers, MostInMemory);
    private readonly List<(int Order, FileInfo File)> _saved = [];
    private readonly List<(int Order, SaveError Error)> _errors = [];
    private int _order;

    /// <summary>Complete when <see cref="FinishAsync"/> has ended; a failure and what was skipped are there at once.</summary>
    public SaveResult Outcome { get; } = new();

    /// <summary>The place of what is begun now.</summary>
    public int Begin() => Interlocked.Increment(ref _order);

    /// <summary>Hands over the writing of a file, as soon as there is room for it.</summary>
    /// <param name="octets">How much memory it keeps.</param>
    /// <param name="write">Writes it, and tells of its own failure.</param>
    public Task PutAsync(long octets, Action write) => _workers.PutAsync(octets, write);

    /// <summary>A file is saved; null where it has none of its own.</summary>
    public void Saved(FileInfo? file, int order)
    {
        lock (_lock)
        {
            if (file is not null) _saved.Add((order, file));
        }

        meter.Finished();
    }

    /// <summary>A file was there already.</summary>
    public void Skipped()
    {
        lock (_lock) Outcome.Skipped++;
    }

    public void Fail(ImapMessage message, ImapException error) => Fail(message, error, Begin());

    public void Fail(ImapMessage message, ImapException error, int order)
    {
        lock (_lock)
        {
            if (error.Id == ImapErrorId.DiskFull) Outcome.Failure = error;
            else _errors.Add((order, new SaveError(message, error)));
        }
    }

    /// <summary>Waits for the files.</summary>
    public async Task<SaveResult> FinishAsync()
    {
        await _workers.FinishAsync().ConfigureAwait(false);
        Outcome.Saved.AddRange(_saved.OrderBy(saved => saved.Order).Select(saved => saved.File));
        Outcome.Errors.AddRange(_errors.OrderBy(error => error.Order).Select(error => error.Error));
        return Outcome;
    }
}

/// <summary>What became of the messages of a batch.</summary>
internal sealed class SaveResult
{
    public List<FileInfo> Saved { get; } = [];

    /// <summary>How many files were there already.</summary>
    public int Skipped { get; set; }

    public List<SaveError> Errors { get; } = [];

    /// <summary>Why no further message was saved; null when that is not so.</summary>
    public ImapException? Failure { get; set; }
}

/// <summary>A message that was not saved, and why.</summary>
internal sealed record SaveError(ImapMessage Message, ImapException Exception);

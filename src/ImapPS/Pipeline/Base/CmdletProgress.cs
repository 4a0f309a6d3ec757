using System;
using System.Diagnostics;
using System.Management.Automation;
using ImapPS.Models;
using ImapPS.Transfers;

namespace ImapPS.Pipeline.Base;

/// <summary>What a cmdlet tells of its progress: a few times a second at the most, and nothing when it is over before that.</summary>
internal sealed class CmdletProgress
{
    private const int ProgressId = 1;

    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private readonly Stopwatch _sinceBegin = new();
    private string? _activity;
    private string? _estimated;
    private long _atBegin;

    /// <param name="activity">What is done.</param>
    /// <param name="status">How far it is, in words.</param>
    /// <param name="done">How much of it is done.</param>
    /// <param name="total">How much there is; less than 1 when that is not known.</param>
    /// <param name="secondsRemaining">How long it may still take; -1 to estimate it from the pace so far, where the total is known.</param>
    /// <returns>What to tell; null while it is too early.</returns>
    public ProgressRecord? Next(string activity, Func<string> status, long done, long total, int secondsRemaining)
    {
        if (!string.Equals(activity, _estimated, StringComparison.Ordinal))
        {
            _estimated = activity;
            _atBegin = done;
            _sinceBegin.Restart();
        }

        if (_sinceLast.Elapsed < _interval) return null;

        _sinceLast.Restart();
        if (secondsRemaining < 0) secondsRemaining = TransferMeter.Estimate(done - _atBegin, total - _atBegin, _sinceBegin.Elapsed);
        int percent = total <= 0 ? -1 : (int)Math.Min(100, done * 100 / total);
        return new ProgressRecord(ProgressId, DisplayText.Printable(activity), DisplayText.Printable(status()))
        {
            PercentComplete = percent,
            SecondsRemaining = secondsRemaining,
        };
    }

    /// <summary>Notes that it is on the screen now.</summary>
    public void Shown(ProgressRecord record) => _activity = record.Activity;

    /// <summary>That it is over; null when nothing is on the screen.</summary>
    public ProgressRecord? Last()
    {
        if (_activity is not { } activity) return null;

        _activity = null;
        return new ProgressRecord(ProgressId, activity, activity) { RecordType = ProgressRecordType.Completed };
    }
}

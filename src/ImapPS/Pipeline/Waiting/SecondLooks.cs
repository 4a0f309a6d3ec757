using System;
using System.Diagnostics;
using ImapPS.Watching;

namespace ImapPS.Pipeline.Waiting;

/// <summary>
/// The looks that a wait takes by itself for a while after there was something: a server may tell of a message before it finds it.
/// </summary>
internal sealed class SecondLooks
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private readonly LookInterval _interval = new(TimeSpan.FromSeconds(3), _longest);
    private readonly Stopwatch _sinceNews = new();
    private readonly Stopwatch _sinceLook = new();

    /// <summary>How long until the next one; a long time when there is to be none.</summary>
    public TimeSpan UntilDue =>
        !_sinceNews.IsRunning || _sinceNews.Elapsed > _longest ? TimeSpan.MaxValue : _interval.Current - _sinceLook.Elapsed;

    /// <summary>There was something.</summary>
    public void Begin()
    {
        _sinceNews.Restart();
        _sinceLook.Restart();
        _interval.Restart();
    }

    /// <summary>True when one is due, which is given out once.</summary>
    public bool Take()
    {
        if (UntilDue > TimeSpan.Zero) return false;

        _sinceLook.Restart();
        _interval.Grow();
        return true;
    }
}

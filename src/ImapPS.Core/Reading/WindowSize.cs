using System;

namespace ImapPS.Reading;

/// <summary>
/// How many messages are asked for with one command: few at first, so that who wants a few is not made to wait for many; then so many that
/// the wait for the server's answer is a small part of the whole, and what comes fits into memory.
/// </summary>
internal sealed class WindowSize
{
    /// <summary>The most where the server answers at once.</summary>
    public const int Usual = 1_000;

    /// <summary>The most at all.</summary>
    public const int Largest = 10_000;

    /// <summary>The most that are asked for with their texts.</summary>
    public const int LargestOfBodies = 100;

    /// <summary>Octets of one window, as far as those before it tell.</summary>
    private const long MostOctets = 8 * 1024 * 1024;

    /// <summary>A wait that is no matter, whatever part of the whole it is.</summary>
    private static readonly TimeSpan _shortWait = TimeSpan.FromMilliseconds(5);

    private readonly int _most;
    private readonly bool _isLean;
    private int _next;
    private long _octets;
    private long _messages;

    /// <param name="hasBodies">Whether the texts are read too.</param>
    /// <param name="isLean">Whether little is asked of each, for somebody who gathers many before he does anything.</param>
    public WindowSize(bool hasBodies = false, bool isLean = false)
    {
        _most = hasBodies ? LargestOfBodies : Largest;
        _isLean = isLean;
        _next = isLean ? Usual : 20;
    }

    /// <summary>The most messages of the next window.</summary>
    public int Next => _messages == 0 ? _next : (int)Math.Max(1, Math.Min(_next, MostOctets / Math.Max(1, _octets / _messages)));

    /// <summary>A window has been read.</summary>
    /// <param name="count">How many messages it was.</param>
    /// <param name="octets">What was kept of them.</param>
    /// <param name="wait">The time to the first answer.</param>
    /// <param name="whole">The time to the last.</param>
    public void Note(int count, long octets, TimeSpan wait, TimeSpan whole)
    {
        _messages += count;
        _octets += octets;
        bool isWorthIt = wait > _shortWait && wait.Ticks > whole.Ticks / 20;
        _next = Math.Min(_most, _next switch
        {
            20 => 200,
            200 => Usual,
            _ when _isLean => _next * 4,
            _ when isWorthIt => _next * 2,
            _ => _next,
        });
    }
}

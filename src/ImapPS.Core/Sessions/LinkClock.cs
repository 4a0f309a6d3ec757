using System;
using System.Diagnostics;
using MailKit;

namespace ImapPS.Sessions;

/// <summary>
/// Passes on to the log what is said, and measures meanwhile how long the server's answers take: the shortest is nearest to what the line
/// itself takes.
/// </summary>
/// <param name="log">The log.</param>
internal sealed class LinkClock(IProtocolLogger log) : IProtocolLogger
{
    private long _sent;
    private bool _isWaiting;

    /// <summary>The shortest time between something sent and the first octets of its answer; null before the first answer.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>How many times the server has answered.</summary>
    public int Answers { get; private set; }

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector
    {
        get => log.AuthenticationSecretDetector;
        set => log.AuthenticationSecretDetector = value;
    }

    public void LogConnect(Uri uri)
    {
        _isWaiting = false;
        log.LogConnect(uri);
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        log.LogClient(buffer, offset, count);
        _sent = Stopwatch.GetTimestamp();
        _isWaiting = true;
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            Answers++;
            var took = TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - _sent) / (double)Stopwatch.Frequency);
            if (RoundTrip is null || took < RoundTrip) RoundTrip = took;
        }

        log.LogServer(buffer, offset, count);
    }

    public void Dispose() => log.Dispose();
}

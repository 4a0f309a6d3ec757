using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Pipeline.Base;

namespace ImapPS.Pipeline.Waiting;

/// <summary>Shows, second by second, what a cmdlet waits for and how long it still will.</summary>
/// <param name="writer">Who waits.</param>
/// <param name="activity">What is waited for, and where.</param>
/// <param name="status">What there is of it so far.</param>
internal sealed class WaitProgress(PipelineWriter writer, string activity, Func<string> status)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    /// <summary>Shows it as long as the work takes.</summary>
    /// <typeparam name="T">What comes of the work.</typeparam>
    /// <param name="longest">How long the work is to take; null when it has no end.</param>
    /// <param name="elapsed">How much of that is over.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<T> DuringAsync<T>(TimeSpan? longest, Func<TimeSpan> elapsed, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task shown = ShowAsync(longest, elapsed, over.Token);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
            await shown.ConfigureAwait(false);
        }
    }

    private async Task ShowAsync(TimeSpan? longest, Func<TimeSpan> elapsed, CancellationToken over)
    {
        while (true)
        {
            try
            {
                await Task.Delay(_interval, over).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            TimeSpan left = longest - elapsed() ?? TimeSpan.Zero;
            int seconds = longest is null ? -1 : (int)Math.Ceiling(Math.Max(0, left.TotalSeconds));
            writer.Progress(activity, status(), (long)elapsed().TotalMilliseconds, (long)(longest?.TotalMilliseconds ?? 0), seconds);
        }
    }
}

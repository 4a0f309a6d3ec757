using System;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sessions;

/// <summary>
/// A note that there is something new to look at. Whoever looks takes the note first: one that is made while the look is under way
/// is about what the look may not have seen, and causes another. So there is no way to clear it but to look.
/// </summary>
internal sealed class PendingNews
{
    private int _isNoted;

    /// <summary>True when there is something to look at.</summary>
    public bool IsNoted => Volatile.Read(ref _isNoted) != 0;

    /// <summary>Says that there is something new.</summary>
    public void Note() => Interlocked.Exchange(ref _isNoted, 1);

    /// <summary>Takes the note, and looks. A look that fails has seen nothing, and the note stands.</summary>
    /// <param name="look">The look.</param>
    public async Task LookAsync(Func<Task> look)
    {
        bool wasNoted = Interlocked.Exchange(ref _isNoted, 0) != 0;
        try
        {
            await look().ConfigureAwait(false);
        }
        catch
        {
            if (wasNoted) Note();
            throw;
        }
    }
}

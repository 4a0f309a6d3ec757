using System.Threading.Tasks;

namespace ImapPS.Transfers;

/// <summary>Wakes those who wait until something has changed, to look again. All of it is called under the lock of what changes.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource<bool>? _changed;

    /// <summary>Ends with the next change.</summary>
    public Task Next => (_changed ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Something has changed.</summary>
    public void Set()
    {
        _changed?.TrySetResult(true);
        _changed = null;
    }
}

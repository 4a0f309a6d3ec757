using System.Collections.Generic;
using ImapPS.Search;

namespace ImapPS.Reading;

/// <summary>A search over which the connection broke: the next try does without what it asked for.</summary>
internal sealed class LostSearch
{
    private int _times;
    private bool _isSilent;

    /// <summary>What was asked for; null when no connection has broken.</summary>
    public IReadOnlyCollection<string>? Keys { get; private set; }

    /// <summary>True when it was not tried without.</summary>
    public bool IsFirst => _times == 1;

    /// <param name="keys">What was asked for.</param>
    /// <param name="isSilent">True when the server has not answered, rather than gone.</param>
    public void Note(IReadOnlyCollection<string> keys, bool isSilent)
    {
        _times++;
        _isSilent |= isSilent;
        Keys ??= keys;
    }

    /// <summary>Without, it went well. A server that was silent over it is not asked again; a line may break once.</summary>
    public SearchLimits Learn(SearchLimits limits, IReadOnlyCollection<string> keys) =>
        _isSilent ? limits.Refuse(keys) : limits.Lose(keys);
}

using System.Collections.Generic;
using ImapPS.Reading;

namespace ImapPS.Sessions;

/// <summary>
/// What a session remembers of FETCH: items that the server cannot tell of any message, and messages of which it cannot tell them. To
/// find out takes commands, and often connections.
/// </summary>
internal sealed class FetchMemory
{
    /// <summary>After so many messages in a row an item is no longer asked for, if the server has never told it.</summary>
    private const int Enough = 2;

    /// <summary>The same for a structure or a date, which some messages simply do not have.</summary>
    private const int EnoughOfStructures = 8;

    private const int MostMessages = 10_000;

    private readonly object _lock = new();
    private readonly Dictionary<(string Folder, uint? UidValidity, uint Uid), FetchLevel> _messages = [];
    private FetchLevel _level;
    private FetchLevel _lowest;
    private FetchLevel _worked = FetchLevel.NoDate + 1;
    private int _inARow;

    /// <summary>What can be asked of every message.</summary>
    public FetchLevel Level
    {
        get
        {
            lock (_lock) return _level;
        }
    }

    /// <summary>True once the server has told of a message.</summary>
    public bool HasWorked
    {
        get
        {
            lock (_lock) return _worked <= FetchLevel.NoDate;
        }
    }

    /// <summary>What can be asked of one message.</summary>
    public FetchLevel Of(string folder, uint? uidValidity, uint uid)
    {
        lock (_lock)
        {
            return _messages.TryGetValue((folder, uidValidity, uid), out FetchLevel level) && level > _level ? level : _level;
        }
    }

    /// <summary>The server has told that much of some message.</summary>
    public void Worked(FetchLevel level)
    {
        lock (_lock)
        {
            if (level < _worked) _worked = level;
            if (level < _lowest) _inARow = 0;
        }
    }

    /// <summary>The server could not tell more of a message.</summary>
    public void Lowered(FetchLevel level, string folder, uint? uidValidity, uint uid)
    {
        lock (_lock)
        {
            if (_messages.Count < MostMessages) _messages[(folder, uidValidity, uid)] = level;
            _inARow = level == _lowest ? _inARow + 1 : 1;
            _lowest = level;
            int enough = level < FetchLevel.NoStructure ? Enough : EnoughOfStructures;
            if (_inARow >= enough && level <= _worked && level > _level) _level = level;
        }
    }
}

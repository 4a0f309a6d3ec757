using System;
using System.Collections.Generic;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>What a session remembers of its mailbox for those who must not wait for the server: what Tab offers.</summary>
internal sealed class SessionMemory
{
    private const int MostKeywords = 1_000;

    private readonly HashSet<string> _keywords = new(StringComparer.OrdinalIgnoreCase);

    public Remembered<KnownFolder> Folders { get; } = new(TimeSpan.FromSeconds(10));

    /// <summary>What of messages need not be asked for, since the server cannot tell it.</summary>
    public FetchMemory Fetches { get; } = new();

    /// <summary>The keywords of the folders that were opened.</summary>
    public IReadOnlyCollection<string> Keywords
    {
        get
        {
            lock (_keywords) return [.. _keywords];
        }
    }

    public void LearnKeywords(IEnumerable<string> keywords)
    {
        lock (_keywords)
        {
            foreach (string keyword in keywords)
            {
                if (_keywords.Count < MostKeywords) _keywords.Add(keyword);
            }
        }
    }
}

/// <summary>A folder, as far as it is offered.</summary>
internal sealed record KnownFolder(string Path, ImapSpecialUse Role);

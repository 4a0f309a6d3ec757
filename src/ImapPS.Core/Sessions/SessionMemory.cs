using System;
using System.Collections.Generic;
using System.Threading;
using ImapPS.Administration;
using ImapPS.Models;
using ImapPS.Search;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>What a session remembers of its mailbox for those who must not wait for the server: what Tab offers.</summary>
internal sealed class SessionMemory
{
    private const int MostKeywords = 1_000;

    private SearchLimits _limits = SearchLimits.None;
    private ImapCapabilities _lacking;
    private ImapCapabilities _proven;
    private readonly HashSet<string> _keywords = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the server was found to refuse in a SEARCH.</summary>
    public SearchLimits Limits
    {
        get => Volatile.Read(ref _limits);
        set => Volatile.Write(ref _limits, value);
    }

    /// <summary>What the server announces, and does not do.</summary>
    public ImapCapabilities Lacking
    {
        get
        {
            lock (_keywords) return _lacking;
        }
    }

    public Remembered<KnownFolder> Folders { get; } = new(TimeSpan.FromSeconds(10));

    /// <summary>What of messages need not be asked for, since the server cannot tell it.</summary>
    public FetchMemory Fetches { get; } = new();

    /// <summary>Names that the server told of quotas, rights and metadata.</summary>
    public SettingsMemory Settings { get; } = new();

    /// <summary>The keywords of the folders that were opened.</summary>
    public IReadOnlyCollection<string> Keywords
    {
        get
        {
            lock (_keywords) return [.. _keywords];
        }
    }

    /// <summary>True when the server was seen to do what it announces.</summary>
    public bool IsProven(ImapCapabilities capability)
    {
        lock (_keywords) return _proven.HasFlag(capability);
    }

    /// <summary>Remembers that the server does what it announces.</summary>
    public void Prove(ImapCapabilities capability)
    {
        lock (_keywords) _proven |= capability;
    }

    /// <summary>Remembers that the server announces something and does not do it.</summary>
    public void Lacks(ImapCapabilities capability)
    {
        lock (_keywords) _lacking |= capability;
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

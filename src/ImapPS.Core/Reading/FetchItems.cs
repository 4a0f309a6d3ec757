using System;
using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Reading;

/// <summary>What is fetched of each message beyond what every message object holds, in the same command.</summary>
internal sealed record FetchItems
{
    public static readonly FetchItems Usual = new();

    /// <summary>What is needed of each message; an object with less than all is known to be partial.</summary>
    public MessageParts Parts { get; init; } = MessageParts.All;

    /// <summary>The first words of the text (PREVIEW, RFC 8970, or the beginning of the text part).</summary>
    public bool Preview { get; init; }

    /// <summary>The text, which takes the message itself.</summary>
    public bool Body { get; init; }

    public bool AllHeaders { get; init; }

    /// <summary>The header fields that the caller wants to see.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>The header fields that criteria are compared with.</summary>
    public IReadOnlyList<string> Compared { get; init; } = [];

    /// <summary>When it came into its folder (SAVEDATE, RFC 8514).</summary>
    public bool SaveDate { get; init; }

    /// <summary>True when nothing need be asked of messages whose UIDs are known.</summary>
    public bool AreNone => Parts == MessageParts.None && !(Preview || Body || AllHeaders || SaveDate)
        && Headers.Count == 0 && Compared.Count == 0;

    /// <summary>True for a header field that the caller wants to see.</summary>
    public bool IsWanted(string name) => AllHeaders || Headers.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a header field that criteria are compared with.</summary>
    public bool IsCompared(string name) => Compared.Contains(name, StringComparer.OrdinalIgnoreCase);
}

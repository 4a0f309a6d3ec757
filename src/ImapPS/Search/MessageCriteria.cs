using System;
using System.Collections.Generic;

namespace ImapPS.Search;

/// <summary>What messages are wanted. Several texts of one field: any of them. Different fields: all of them.</summary>
internal sealed record MessageCriteria
{
    public IReadOnlyList<TextCriterion> From { get; init; } = [];

    public IReadOnlyList<TextCriterion> To { get; init; } = [];

    public IReadOnlyList<TextCriterion> Subject { get; init; } = [];

    /// <summary>Received at this instant or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Received earlier than this instant.</summary>
    public DateTimeOffset? Before { get; init; }

    public bool? Read { get; init; }

    public bool? Flagged { get; init; }

    public bool IsEmpty => From.Count + To.Count + Subject.Count == 0 && Since is null && Before is null && Read is null && Flagged is null;
}

using System;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <summary>An error of this module: what happened, to what, and what to do about it.</summary>
public sealed class ImapException : Exception
{
    internal ImapException(ImapErrorId id, string message, string action, object? target = null, Exception? innerException = null)
        : base(DisplayText.PrintableLines(message), innerException)
    {
        // Whoever built the message need not have thought of what a server's words may hold.
        Id = id;
        RecommendedAction = DisplayText.PrintableLines(action);
        Target = target;
    }

    /// <summary>Which error it is; also the first part of the error record's FullyQualifiedErrorId.</summary>
    public ImapErrorId Id { get; }

    /// <summary>What to do next.</summary>
    public string RecommendedAction { get; }

    /// <summary>The input that the error is about, if it is about one.</summary>
    public object? Target { get; }

    /// <summary>
    /// True for a refusal for now that may be for good, and about one message: LIMIT is said of a server that has enough to do, and of what
    /// is more than it ever takes (RFC 5530, 3).
    /// </summary>
    internal bool IsLimit { get; init; }
}

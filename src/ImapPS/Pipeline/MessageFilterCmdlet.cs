using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Errors;
using ImapPS.Search;

namespace ImapPS.Pipeline;

/// <summary>A cmdlet that looks for messages by what they say.</summary>
public abstract class MessageFilterCmdlet : SessionCmdlet
{
    /// <summary>Who wrote the message. Plain text is contained in the From header; with wildcard characters it must match an address, a name, or the whole header. Several values: any of them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] From { get; set; } = [];

    /// <summary>Whom it was sent to. Plain text is contained in the To header; with wildcard characters it must match an address, a name, or the whole header. Several values: any of them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] To { get; set; } = [];

    /// <summary>The subject. Plain text is contained in it, as IMAP's SEARCH understands that; with wildcard characters the whole decoded subject must match. Several values: any of them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Subject { get; set; } = [];

    /// <summary>Received at this instant or later (INTERNALDATE, to the second). A date without an offset is in local time.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Received earlier than this instant (INTERNALDATE, to the second). A date without an offset is in local time.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Received longer ago than this, such as 90.00:00:00 for ninety days.</summary>
    [Parameter]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>Received within this time, such as 01:00:00 for the last hour.</summary>
    [Parameter]
    public TimeSpan? NewerThan { get; set; }

    /// <summary>Only messages without \Seen.</summary>
    [Parameter]
    public SwitchParameter Unread { get; set; }

    /// <summary>Only messages with \Seen.</summary>
    [Parameter]
    public SwitchParameter Read { get; set; }

    /// <summary>Only messages with \Flagged.</summary>
    [Parameter]
    public SwitchParameter Flagged { get; set; }

    /// <summary>Only messages without \Flagged.</summary>
    [Parameter]
    public SwitchParameter Unflagged { get; set; }

    /// <summary>What the parameters say together, at this moment.</summary>
    private protected MessageCriteria Criteria()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new MessageCriteria
        {
            From = Texts(From),
            To = Texts(To),
            Subject = Texts(Subject),
            Since = Later(Since, Ago(now, NewerThan, nameof(NewerThan))),
            Before = Earlier(Before, Ago(now, OlderThan, nameof(OlderThan))),
            Read = Either(Read, nameof(Read), Unread, nameof(Unread)),
            Flagged = Either(Flagged, nameof(Flagged), Unflagged, nameof(Unflagged)),
        };
    }

    private static IReadOnlyList<TextCriterion> Texts(string[] texts) => [.. texts.Select(Wildcard.Text)];

    private static DateTimeOffset? Ago(DateTimeOffset now, TimeSpan? span, string parameter)
    {
        if (span is not { } time) return null;

        if (time < TimeSpan.Zero)
        {
            throw Failures.FilterInvalid($"-{parameter} is a length of time, and cannot be negative.", "Give a positive TimeSpan, such as 30.00:00:00 for thirty days.", time);
        }

        return time > now - DateTimeOffset.MinValue ? DateTimeOffset.MinValue : now - time;
    }

    private static DateTimeOffset? Later(DateTimeOffset? x, DateTimeOffset? y) => x is null || y > x ? y : x;

    private static DateTimeOffset? Earlier(DateTimeOffset? x, DateTimeOffset? y) => x is null || y < x ? y : x;

    private static bool? Either(SwitchParameter yes, string yesName, SwitchParameter no, string noName) =>
        yes && no ? throw Failures.FilterInvalid($"-{yesName} and -{noName} exclude each other.", "Give one of them, or neither.")
        : yes ? true
        : no ? false
        : null;
}

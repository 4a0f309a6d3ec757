using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Search;

namespace ImapPS.Pipeline.Listing;

/// <summary>A cmdlet that looks for messages by their flags and keywords.</summary>
public abstract class FlagFilterCmdlet : FolderCmdlet
{
    /// <summary>Indicates that only messages without \Seen are returned.</summary>
    [Parameter]
    public SwitchParameter Unread { get; set; }

    /// <summary>Indicates that only messages with \Seen are returned.</summary>
    [Parameter]
    public SwitchParameter Read { get; set; }

    /// <summary>Indicates that only messages with \Flagged are returned.</summary>
    [Parameter]
    public SwitchParameter Flagged { get; set; }

    /// <summary>Indicates that only messages without \Flagged are returned.</summary>
    [Parameter]
    public SwitchParameter Unflagged { get; set; }

    /// <summary>Indicates that only messages with \Answered are returned.</summary>
    [Parameter]
    public SwitchParameter Answered { get; set; }

    /// <summary>Indicates that only messages without \Answered are returned.</summary>
    [Parameter]
    public SwitchParameter Unanswered { get; set; }

    /// <summary>Indicates that only messages with \Draft are returned.</summary>
    [Parameter]
    public SwitchParameter Draft { get; set; }

    /// <summary>Indicates that only messages without \Draft are returned.</summary>
    [Parameter]
    public SwitchParameter Undraft { get; set; }

    /// <summary>Indicates that only messages with \Deleted are returned, which the next EXPUNGE removes.</summary>
    [Parameter]
    public SwitchParameter Deleted { get; set; }

    /// <summary>Indicates that only messages without \Deleted are returned.</summary>
    [Parameter]
    public SwitchParameter Undeleted { get; set; }

    /// <summary>
    /// Specifies a keyword (a flag that users define, such as '$Work' or '$Forwarded' in single quotes). A message matches if it has any of
    /// the values.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KeywordCompleter))]
    public string[] Keyword { get; set; } = [];

    /// <summary>Specifies a keyword that messages must not have. Of several values, messages must have none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KeywordCompleter))]
    public string[] NotKeyword { get; set; } = [];

    /// <summary>What these parameters say.</summary>
    private protected IEnumerable<Criterion?> FlagCriteria() =>
    [
        Flag(ImapMessageFlags.Seen, Read, nameof(Read), Unread, nameof(Unread)),
        Flag(ImapMessageFlags.Flagged, Flagged, nameof(Flagged), Unflagged, nameof(Unflagged)),
        Flag(ImapMessageFlags.Answered, Answered, nameof(Answered), Unanswered, nameof(Unanswered)),
        Flag(ImapMessageFlags.Draft, Draft, nameof(Draft), Undraft, nameof(Undraft)),
        Flag(ImapMessageFlags.Deleted, Deleted, nameof(Deleted), Undeleted, nameof(Undeleted)),
        Keyword.Length == 0 ? null : new KeywordCriterion(nameof(Keyword), Keyword, IsSet: true),
        NotKeyword.Length == 0 ? null : new KeywordCriterion(nameof(NotKeyword), NotKeyword, IsSet: false),
    ];

    /// <summary>Two switches that say the opposite of each other; null when neither is given.</summary>
    private protected bool? Either(SwitchParameter yes, string yesName, SwitchParameter no, string noName) => SwitchPair.Read(
        MyInvocation,
        (yes, yesName),
        (no, noName),
        (one, other) => Failures.FilterInvalid($"-{one} and -{other} exclude each other.", "Give one of them, or neither."));

    private FlagCriterion? Flag(ImapMessageFlags flag, SwitchParameter yes, string yesName, SwitchParameter no, string noName) =>
        Either(yes, yesName, no, noName) is { } isSet ? new FlagCriterion(isSet ? yesName : noName, flag, isSet) : null;
}

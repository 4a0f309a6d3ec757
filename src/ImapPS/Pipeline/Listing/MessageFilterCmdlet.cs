using System;
using System.Collections;
using System.Management.Automation;
using ImapPS.Binding;

namespace ImapPS.Pipeline.Listing;

/// <summary>A cmdlet that looks for messages by what they say.</summary>
public abstract partial class MessageFilterCmdlet : FlagFilterCmdlet
{
    /// <summary>
    /// Who wrote the message. Text without a * is contained in the From header; Name &lt;address&gt;, as it is shown, means that address;
    /// with a * it must match an address, a name, or the whole header (* any characters, ? any one; brackets are letters). Several values:
    /// any of them.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] From { get; set; } = [];

    /// <summary>
    /// Whom it was sent to. Text without a * is contained in the To header; Name &lt;address&gt;, as it is shown, means that address; with
    /// a * it must match an address, a name, or the whole header (* any characters, ? any one; brackets are letters). Several values: any
    /// of them.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] To { get; set; } = [];

    /// <summary>
    /// Who got a copy. Text without a * is contained in the Cc header; Name &lt;address&gt;, as it is shown, means that address; with a *
    /// it must match an address, a name, or the whole header (* any characters, ? any one; brackets are letters). Several values: any of
    /// them.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Cc { get; set; } = [];

    /// <summary>
    /// Who got a copy that the others do not see; only messages that were written in this mailbox have that header. Several values: any of
    /// them.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Bcc { get; set; } = [];

    /// <summary>
    /// The subject. Text without a * is contained in it, as IMAP's SEARCH understands that: '[ticket #1] lunch?' means just these
    /// characters. With a * the whole decoded subject must match: * stands for any characters, ? for any one, and brackets are letters. A
    /// backtick makes a letter of the * or ? behind it. Several values: any of them.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Subject { get; set; } = [];

    /// <summary>
    /// Specifies text in the body, as the server understands that. No character is a wildcard. A message matches if it matches any of the
    /// values.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Body { get; set; } = [];

    /// <summary>
    /// Specifies text in the headers or the body, as the server understands that. No character is a wildcard. A message matches if it
    /// matches any of the values.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Text { get; set; } = [];

    /// <summary>
    /// Header fields and what they say, such as @{ 'List-Id' = 'announce'; 'X-Spam-Score' = '' }. Text without a * is contained in the
    /// field, with one it must match the whole of it, an empty text or $true asks only that it is there; of several texts any will do. All
    /// fields must match. Text as it stands in a header, 'List-Id: announce', is taken as well.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [HeaderTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IDictionary? Header { get; set; }

    /// <summary>
    /// Specifies the time of receipt: messages received at this time or later (INTERNALDATE, to the second). A date without an offset is in
    /// local time.
    /// </summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>
    /// Specifies the time of receipt: messages received before this time (INTERNALDATE, to the second). A date without an offset is in
    /// local time.
    /// </summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>
    /// Received longer ago than this. A number is days: 90 is ninety days, 0.5 is twelve hours. Text may end in d, h, m or s (90d, 12h,
    /// 30m, 45s), or say days, hours, minutes and seconds (90.00:00:00). The server's clock counts where it can tell (WITHIN, RFC 5032).
    /// </summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>
    /// Received within this time. A number is days: 7 is a week, 0.5 is twelve hours. Text may end in d, h, m or s (7d, 12h, 30m, 45s), or
    /// say days, hours, minutes and seconds (01:00:00). The server's clock counts where it can tell (WITHIN, RFC 5032).
    /// </summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? NewerThan { get; set; }

    /// <summary>
    /// Written at this instant or later, as the sender's Date header says. A date without an offset is in local time. Messages without a
    /// Date never match.
    /// </summary>
    [Parameter]
    public DateTimeOffset? SentSince { get; set; }

    /// <summary>
    /// Written earlier than this instant, as the sender's Date header says. A date without an offset is in local time. Messages without a
    /// Date never match.
    /// </summary>
    [Parameter]
    public DateTimeOffset? SentBefore { get; set; }

    /// <summary>
    /// Put into this folder at this instant or later, by delivery, a copy or a move (SAVEDATE, RFC 8514); NotSupportedByServer where the
    /// server does not keep that.
    /// </summary>
    [Parameter]
    public DateTimeOffset? SavedSince { get; set; }

    /// <summary>
    /// Put into this folder earlier than this instant, by delivery, a copy or a move (SAVEDATE, RFC 8514); NotSupportedByServer where the
    /// server does not keep that.
    /// </summary>
    [Parameter]
    public DateTimeOffset? SavedBefore { get; set; }

    /// <summary>Specifies a size in octets (RFC822.SIZE), such as 5MB. Messages must be larger.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? LargerThan { get; set; }

    /// <summary>Specifies a size in octets (RFC822.SIZE), such as 10KB. Messages must be smaller.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? SmallerThan { get; set; }

    /// <summary>
    /// Indicates that only messages with an attachment are returned. IMAP cannot search for that, so the structure of each message that the
    /// other criteria find is compared here.
    /// </summary>
    [Parameter]
    public SwitchParameter HasAttachment { get; set; }

    /// <summary>Indicates that only messages without an attachment are returned.</summary>
    [Parameter]
    public SwitchParameter NoAttachment { get; set; }

    /// <summary>Specifies the Message-ID, with or without angle brackets. A message matches if it matches any of the values.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] MessageId { get; set; } = [];

    /// <summary>
    /// Changed after this modification sequence, such as the HighestModSeq of a folder object from before (CONDSTORE, RFC 7162);
    /// NotSupportedByServer where there are none.
    /// </summary>
    [Parameter]
    public ulong? ModifiedSince { get; set; }

    /// <summary>
    /// The server's identifier of the message, as the property EmailId holds it (OBJECTID, RFC 8474, or Gmail's). Several values: any of
    /// them.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] EmailId { get; set; } = [];

    /// <summary>
    /// The server's identifier of the thread, as the property ThreadId holds it (OBJECTID, RFC 8474, or Gmail's). Several values: any of
    /// them.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] ThreadId { get; set; } = [];

    /// <summary>Specifies a search in Gmail's own language, such as 'has:attachment larger:10M'. Gmail only (X-GM-RAW).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? GmailQuery { get; set; }

    /// <summary>Specifies a label. Gmail only (X-GM-LABELS). A message matches if it has any of the values.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] GmailLabel { get; set; } = [];

    /// <summary>
    /// Search keys in IMAP's own words (RFC 9051, 6.4.4), such as 'UNSEEN SINCE 1-Jan-2026 OR FROM a FROM b', for those who have them in a
    /// script already. ASCII only. Dates in them mean whole days of the server's.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Query { get; set; }

    /// <summary>
    /// The script block that one would give Where-Object, such as { $_.From -like '*@contoso.com' -and $_.Size -gt 5MB }. What the server
    /// can answer of it narrows the search, and the whole block then runs on the messages found, with the same result as Where-Object has.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? Filter { get; set; }
}

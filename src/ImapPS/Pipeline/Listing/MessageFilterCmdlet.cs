using System;
using System.Collections;
using System.Management.Automation;
using ImapPS.Binding;

namespace ImapPS.Pipeline.Listing;

/// <summary>A cmdlet that looks for messages by what they say.</summary>
public abstract partial class MessageFilterCmdlet : FlagFilterCmdlet
{
    /// <summary>
    /// Specifies the sender. Text without * is searched for in the From header. An address in the form in which it is displayed, Name
    /// &lt;address&gt;, means that address. Text with * must match an address, a name, or the whole header: * stands for any characters, ?
    /// for one character. Brackets are ordinary characters. A message matches if it matches any of the values.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] From { get; set; } = [];

    /// <summary>
    /// Specifies a recipient. Text without * is searched for in the To header. An address in the form in which it is displayed, Name
    /// &lt;address&gt;, means that address. Text with * must match an address, a name, or the whole header: * stands for any characters, ?
    /// for one character. Brackets are ordinary characters. A message matches if it matches any of the values.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] To { get; set; } = [];

    /// <summary>
    /// Specifies a recipient of a copy. Text without * is searched for in the Cc header. An address in the form in which it is displayed,
    /// Name &lt;address&gt;, means that address. Text with * must match an address, a name, or the whole header: * stands for any
    /// characters, ? for one character. Brackets are ordinary characters. A message matches if it matches any of the values.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Cc { get; set; } = [];

    /// <summary>
    /// Specifies a recipient of a blind copy. Only messages that were written in this mailbox have the Bcc header. A message matches if it
    /// matches any of the values.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Bcc { get; set; } = [];

    /// <summary>
    /// Specifies the subject. Text without * is searched for in the subject, with IMAP's SEARCH: '[ticket #1] lunch?' means exactly these
    /// characters. Text with * must match the whole decoded subject: * stands for any characters, ? for one character. Brackets are
    /// ordinary characters. A backtick before * or ? makes it an ordinary character. A message matches if it matches any of the values.
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
    /// Specifies header fields and their contents, such as @{ 'List-Id' = 'announce'; 'X-Spam-Score' = '' }. Text without * is searched for
    /// in the field. Text with * must match the whole field. Empty text or $true means that the field must be present. If a field has
    /// several texts, one must match. All fields must match. Text in the form of a header line, 'List-Id: announce', is accepted too.
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
    /// Specifies an age. Messages must have been received longer ago. A number is days: 90 is ninety days, 0.5 is twelve hours. Text can
    /// end in d, h, m or s (90d, 12h, 30m, 45s), or have the form days.hours:minutes:seconds (90.00:00:00). The clock of the server is used
    /// if the server can compare ages (WITHIN, RFC 5032).
    /// </summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>
    /// Specifies an age. Messages must have been received within this time. A number is days: 7 is a week, 0.5 is twelve hours. Text can
    /// end in d, h, m or s (7d, 12h, 30m, 45s), or have the form days.hours:minutes:seconds (01:00:00). The clock of the server is used if
    /// the server can compare ages (WITHIN, RFC 5032).
    /// </summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? NewerThan { get; set; }

    /// <summary>
    /// Specifies the time in the Date header: messages sent at this time or later. A date without an offset is in local time. Messages
    /// without a Date header never match.
    /// </summary>
    [Parameter]
    public DateTimeOffset? SentSince { get; set; }

    /// <summary>
    /// Specifies the time in the Date header: messages sent before this time. A date without an offset is in local time. Messages without a
    /// Date header never match.
    /// </summary>
    [Parameter]
    public DateTimeOffset? SentBefore { get; set; }

    /// <summary>
    /// Specifies when the message was put into this folder, by delivery, copy or move (SAVEDATE, RFC 8514): at this time or later. If the
    /// server does not keep this time, the error is NotSupportedByServer.
    /// </summary>
    [Parameter]
    public DateTimeOffset? SavedSince { get; set; }

    /// <summary>
    /// Specifies when the message was put into this folder, by delivery, copy or move (SAVEDATE, RFC 8514): before this time. If the server
    /// does not keep this time, the error is NotSupportedByServer.
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
    /// Indicates that only messages with an attachment are returned. IMAP cannot search for attachments. The cmdlet reads the structure of
    /// the messages that the other criteria find.
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
    /// Specifies a modification sequence, such as the HighestModSeq of an earlier folder object (CONDSTORE, RFC 7162). Messages must have
    /// changed after it. If the server has no modification sequences, the error is NotSupportedByServer.
    /// </summary>
    [Parameter]
    public ulong? ModifiedSince { get; set; }

    /// <summary>
    /// Specifies the identifier that the server gives to the message, as in the property EmailId (OBJECTID, RFC 8474, or Gmail). A message
    /// matches if it has any of the values.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] EmailId { get; set; } = [];

    /// <summary>
    /// Specifies the identifier that the server gives to the thread, as in the property ThreadId (OBJECTID, RFC 8474, or Gmail). A message
    /// matches if it has any of the values.
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
    /// Specifies search keys in the words of IMAP (RFC 9051, 6.4.4), such as 'UNSEEN SINCE 1-Jan-2026 OR FROM a FROM b'. Only ASCII is
    /// allowed. A date means the whole day in the time zone of the server.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Query { get; set; }

    /// <summary>
    /// Specifies a script block, as for Where-Object, such as { $_.From -like '*@contoso.com' -and $_.Size -gt 5MB }. The server searches
    /// for the parts of it that IMAP can express. The whole block then runs on the messages that the server found. The result is the same
    /// as with Where-Object.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? Filter { get; set; }
}

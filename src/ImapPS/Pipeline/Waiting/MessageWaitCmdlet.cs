using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Filters;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Listing;
using ImapPS.Search;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Waiting;

/// <summary>A cmdlet that expects messages to come, or not to.</summary>
public abstract class MessageWaitCmdlet : MessageFilterCmdlet
{
    private const string ReadBehind = "Filter the output. Get-ImapMessageContent returns the text and the headers.";

    /// <summary>What a filter cannot ask: nothing is read of the messages but what every message object holds.</summary>
    private static readonly Dictionary<string, string> _absent = MessageFilter.NotFetched(ReadBehind);

    /// <summary>What fits into a line of a console.</summary>
    private const int LongestWords = 120;

    private static readonly string[] _ownCriteria = [nameof(After), nameof(Attachment), nameof(Link)];

    private MessageFilter? _filter;

    /// <summary>
    /// Specifies the folder: a path, in which no character is a wildcard, or a folder object. The default is the folder of -After, or
    /// INBOX.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [FolderTransformation]
    [Alias("Path")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath? Folder { get; set; }

    /// <summary>
    /// Specifies a folder object that Get-ImapFolder returned before, or a date. Only messages that arrived after it match. A folder object
    /// is compared by its UIDVALIDITY and UIDNEXT, so no clock is used. A date is compared with INTERNALDATE to the second.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [MarkTransformation]
    public MailboxMark? After { get; set; }

    /// <summary>
    /// Specifies how often to ask the server, in seconds, from 1 to 3,600. By default a server with IDLE, which reports new messages by
    /// itself, is asked after 3 seconds and then less and less often, up to every 30 seconds. Any other server is asked every 2 seconds.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 3_600)]
    public int PollSeconds { get; set; }

    /// <summary>
    /// Specifies the name of an attachment that the message must have. Text without * must be contained in the name. Text with * must match
    /// the whole name: * matches any characters, ? matches one character, and brackets are letters. If there are several values, one of
    /// them must match.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Attachment { get; set; } = [];

    /// <summary>
    /// Specifies a link that the message must have, as Links of Get-ImapMessageContent shows it. Text without * must be contained in the
    /// link. Text with * must match the whole link: * matches any characters, and ? matches one character. If there are several values, one
    /// of them must match. Messages that meet all other criteria are downloaded for this.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Link { get; set; } = [];

    /// <summary>How long to wait.</summary>
    private protected abstract TimeSpan Timeout { get; }

    /// <summary>Waits in one folder, and says what came of it.</summary>
    private protected abstract Task WaitAsync(SessionConnection session, WaitTarget target, PipelineWriter writer,
        CancellationToken cancellationToken);

    /// <summary>The interval that was asked for, if one was.</summary>
    private protected TimeSpan? Poll => PollSeconds > 0 ? TimeSpan.FromSeconds(PollSeconds) : null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            // A session from the pipeline means its INBOX.
            FolderPath? folder = Folder is { Kind: ItemKind.Session, Flaw: null } ? null : Folder;
            if (folder is { Given: not null }) throw Refusals.NotAFolder(folder, MyInvocation.MyCommand.Name);

            WaitTarget target = WaitTarget.Create(folder, After, Matcher) with { Words = GivenCriteria() };
            SessionConnection session = Resolve(Folder?.Session ?? target.Folder.Session);
            Run((writer, cancellationToken) => WaitAsync(session, target, writer, cancellationToken));
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _filter?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// Why it is not as expected. A message of which the report finds that it matches, though no look has found it, is taken.
    /// </summary>
    /// <returns>Null when there is enough by that.</returns>
    private protected static async Task<string?> ReportAsync(MessageWait wait, SessionConnection session, WaitTarget target,
        PipelineWriter writer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var report = new MatchReport(new MailboxAccess(session, writer), target, writer);
            string why = await report.WriteAsync(wait.Taken, cancellationToken).ConfigureAwait(false);
            if (report.Matching.Count == 0) return why;
            if (await wait.TakeAsync(report.Matching).ConfigureAwait(false)) return null;
        }
    }

    /// <summary>The criteria as they were given, such as: Subject '*Confirm*', Unread.</summary>
    private string GivenCriteria()
    {
        IEnumerable<string> words = MyInvocation.BoundParameters
            .Where(bound => Array.Exists(_ownCriteria, name => name == bound.Key)
                || typeof(FlagFilterCmdlet).IsAssignableFrom(typeof(MessageFilterCmdlet).GetProperty(bound.Key)?.DeclaringType))
            .Select(bound => bound.Value is SwitchParameter ? bound.Key : $"{bound.Key} '{Values(bound.Value)}'");
        string all = Models.DisplayText.Printable(string.Join(", ", words));
        return all.Length <= LongestWords ? all : $"{all.Substring(0, LongestWords - 1)}…";

        static string Values(object value) => value is IEnumerable list and not (string or IDictionary)
            ? string.Join("', '", list.Cast<object>().Select(LanguagePrimitives.ConvertTo<string>))
            : value is IDictionary fields
                ? string.Join("', '", fields.Keys.Cast<object>()
                .Select(key => $"{key}: {LanguagePrimitives.ConvertTo<string>(fields[key])}"))
            : LanguagePrimitives.ConvertTo<string>(value);
    }

    private MessageMatcher Matcher(Criterion[] more)
    {
        _filter ??= Filter is null ? null : MessageFilter.Compile(Filter, this, _absent);
        Criterion?[] own =
        [
            Attachment.Length == 0 ? null : new AttachmentNameCriterion(nameof(Attachment), [.. Attachment.Select(Wildcard.Text)]),
            Link.Length == 0 ? null : new LinkCriterion(nameof(Link), [.. Link.Select(Wildcard.Text)]),
            .. more,
        ];
        return new MessageMatcher(Criteria(_filter).And([.. own.OfType<Criterion>()]), _filter);
    }
}

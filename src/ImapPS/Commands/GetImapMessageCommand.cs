using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Filters;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Listing;
using ImapPS.Reading;
using ImapPS.Search;
using ImapPS.Sessions;

// Longer than 250 lines: more than half of it is the help.
namespace ImapPS.Commands;

/// <summary>Gets messages that meet criteria, with envelope, flags, size and attachments.</summary>
/// <remarks>
/// <para>
/// The server searches with one SEARCH for each folder. The cmdlet reads the messages found in windows while the pipeline uses them. It
/// returns the first message at once, and its memory use does not grow with the folder. Select-Object -First ends the reading. Messages are
/// returned in the order of their UIDs, which is the order of their arrival. Nothing is changed. \Seen stays as it is.
/// </para>
/// <para>
/// A message must meet all criteria. If a criterion has several values, one of them must match. Text without * must be contained in the
/// header field. The server decides this, and some servers find only whole words.
/// </para>
/// <para>
/// Text with * is a wildcard pattern. * matches any characters, ? matches one character, and brackets are letters. The module compares the
/// pattern with the whole decoded field and ignores case. The server narrows the search by the literal pieces of the pattern. A server that
/// searches by words gets no pieces, because it would leave out messages that the pattern matches. Such servers are Gmail and servers with
/// a full-text index (SEARCH=FUZZY).
/// </para>
/// <para>
/// Dates are compared exactly, in any time zone of the server and the caller.
/// </para>
/// <para>
/// -Filter runs its script block as Where-Object does. The server first finds messages by the parts of the block that it can answer. These
/// are comparisons of IsRead, IsFlagged, Flags, Size, Uid, Received, Date, Keywords, the addresses, Subject and MessageId with constants,
/// variables and your own expressions, joined by -and, -or and -not. The expressions are evaluated once, in your scope, before the search.
/// Commands later in the pipeline cannot change them. -Verbose shows the SEARCH command and the parts that the module compares.
/// </para>
/// <para>
/// A mistake in the block that would select all messages or none is the error FilterInvalid, before anything is sent. Such mistakes are a
/// property that messages do not have or that is not fetched, a method without parentheses, a variable that does not exist, and text in
/// place of a condition. A variable that may be $null must exist. Write a date on the right side, as in $_.Received -lt $cutoff.
/// </para>
/// <para>
/// A search may not find a header in a character set that the server does not know. Where-Object finds it.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound (for -Uid), UidValidityChanged, FilterInvalid,
/// SearchCharsetUnsupported, NotSupportedByServer, CommandRejected, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Get-ImapMessage -Unread</code>
/// <para>Gets the unread messages of the INBOX.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage INBOX -From billing@ -Before 2026-01-01 | Move-ImapMessage Archive/2025 -WhatIf</code>
/// <para>Shows which messages would be moved.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Lists/* | Get-ImapMessage -OlderThan 90 -Unflagged</code>
/// <para>Gets the messages below Lists that were received more than 90 days ago and are not flagged.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage Reports -Subject 'Nightly build * failed', '*out of space*' -NewerThan 1</code>
/// <para>Gets the messages of the last day with either subject.</para>
/// </example>
/// <example>
/// <code>$cutoff = (Get-Date).AddDays(-30)
/// Get-ImapMessage -Filter { $_.From -like '*@contoso.com' -and $_.Received -lt $cutoff -and -not $_.IsRead -and $_.Size -gt 5MB }</code>
/// <para>Gets the same messages as Where-Object, but the server searches first.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage -Newest 10 -Include Preview | Format-Table Received, From, Subject, Preview</code>
/// <para>Gets the ten newest messages with their first words. No search is needed.</para>
/// </example>
/// <example>
/// <code>Measure-ImapFolder INBOX -By Sender -Top 1 | Get-ImapMessage</code>
/// <para>Gets the messages of the sender who sent the most.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage Lists/* -SortBy Size -Descending -First 5</code>
/// <para>Sorts the messages of each folder below Lists by size, largest first, and returns five messages.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage -Header @{ 'List-Id' = '' } -Headers List-Id, List-Unsubscribe</code>
/// <para>Gets messages of mailing lists, with two of their header fields.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ImapMessage", SupportsPaging = true, HelpUri = HelpPages.Reference + "Get-ImapMessage.md")]
[OutputType(typeof(ImapMessage))]
public sealed class GetImapMessageCommand : MessageFilterCmdlet
{
    private static readonly FolderPath _inbox = new("INBOX");

    private static readonly ImapMessageItem[] _items = [ImapMessageItem.Preview, ImapMessageItem.Headers, ImapMessageItem.Body];

    private MessageFilter? _filter;
    private MessageListing? _listing;
    private MeasuredGroups? _groups;

    /// <summary>
    /// Specifies the folders: paths, which may contain wildcards, or folder objects. An object of Measure-ImapFolder means the messages
    /// that it counted. The default is INBOX.
    /// </summary>
    // Not by property name, none of these three: the one row's Folder and Uid belong together, and to no folder that is named besides.
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [FolderTransformation(Messages = true)]
    [SupportsWildcards]
    [Alias("Path")]
    [PSDefaultValue(Value = "INBOX")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [_inbox];

    /// <summary>
    /// Specifies the UIDs of the messages (RFC 9051, 2.3.1.1). UIDs that do not exist are an error, one for each run of them, unless other
    /// criteria are given too.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [UidTransformation]
    public uint[]? Uid { get; set; }

    /// <summary>
    /// Specifies the UIDVALIDITY under which the UIDs were read. If the folder has another one now, no message is read, and the error is
    /// UidValidityChanged.
    /// </summary>
    [Parameter]
    [UidTransformation]
    public uint? UidValidity { get; set; }

    /// <summary>
    /// Specifies the properties to sort by. Messages that are equal by one are sorted by the next. The server sorts if it can (SORT, RFC
    /// 5256). Otherwise the module sorts, and -First limits the memory that it needs. Each folder is sorted on its own. Cannot be used with
    /// -Newest or -Thread.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ImapSortKey[] SortBy { get; set; } = [];

    /// <summary>Indicates that messages are sorted in descending order. Can be used only with -SortBy.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <summary>
    /// Specifies how many of the newest messages to return from each folder, newest first. The newest messages have the highest UIDs: a
    /// message that was moved into the folder counts from the move, not from Received. Remove-ImapMessage -KeepNewest counts by Received.
    /// Without other criteria no search is needed. Cannot be used with -SortBy or -Thread.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Newest { get; set; }

    /// <summary>
    /// Indicates that messages are returned thread by thread, each message after the one that it answers (REFERENCES, RFC 5256). The server
    /// builds the threads if it can. The properties Thread and ThreadDepth show the place of a message. Cannot be used with -Newest or
    /// -SortBy.
    /// </summary>
    [Parameter]
    public SwitchParameter Thread { get; set; }

    /// <summary>
    /// Specifies what to fetch with each message: Preview, Headers, Body. It is fetched together with the messages, not one by one. Body
    /// fetches whole messages.
    /// </summary>
    [Parameter]
    public ImapMessageItem[] Include { get; set; } = [];

    /// <summary>Specifies header fields to fetch, such as List-Id. The property Headers holds them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HeaderCompleter))]
    public string[] Headers { get; set; } = [];

    private ListingOrder Order =>
        SortBy.Length > 0 ? new ListingOrder { Keys = SortBy, Descending = Descending }
        : Newest > 0 ? new ListingOrder { Newest = Newest }
        : new ListingOrder { Threads = Thread };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string?[] orders = [SortBy.Length > 0 ? nameof(SortBy) : null, Newest > 0 ? nameof(Newest) : null, Thread ? nameof(Thread) : null];
        if (orders.OfType<string>().ToArray() is [var one, var other, ..]) Throw(Failures.Exclusion(one, other));

        if (Descending && SortBy.Length == 0) Throw(Failures.DescendingAlone());

        NextCommand.Begin(this);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _listing ??= Listing();
        foreach ((FolderPath folder, SessionConnection session) in Accepted(Folder, all: _inbox))
        {
            if (_listing.IsFull) return;

            if (folder.Uid is not null && Uid is not null)
            {
                Throw(Failures.ArgumentInvalid("-Uid was given together with a message, which has its own UID.", "Give one of them."),
                    folder.Path);
            }

            IReadOnlyList<uint>? uids = folder.Uid is { } uid ? [uid] : Uid is null ? null : UidSets.Normalize(Uid);
            WantedMessages? group = folder.Measure is { } measure ? (_groups ??= new MeasuredGroups(this)).Wanted(measure) : null;
            MessageListing listing = _listing;
            foreach (FolderPath path in MeasuredGroups.Folders(folder))
            {
                Run((writer, cancellationToken) => writer.ForItemAsync(
                    path.Path,
                    () => listing.WriteAsync(
                        path, uids, UidValidity, new MailboxAccess(session, writer), writer, cancellationToken, group),
                    cancellationToken));
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            NextCommand.Leave(this);
            _filter?.Dispose();
            _groups?.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected override ImapException Refusal(FolderPath given) =>
        given.Kind == ItemKind.Message ? Failures.PlaceUnknown(given.Given!) : base.Refusal(given);

    /// <summary>With the first folder, and not before: commands upstream may just have set what the filter takes from its scope.</summary>
    private MessageListing Listing()
    {
        NextCommand.Leave(this);
        return OrThrow(() =>
        {
            _filter = Filter is null ? null : MessageFilter.Compile(Filter, this, Absent());
            var wanted = new WantedMessages(Criteria(_filter), _filter);
            return new MessageListing(wanted, Order, PagingParameters.Skip, PagingParameters.First)
            {
                Items = Items(),
                Needs = NextCommand.Needs(this),
                TotalCount = PagingParameters.IncludeTotalCount ? PagingParameters.NewTotalCount : null,
            };
        });
    }

    private Dictionary<string, string> Absent()
    {
        var absent = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (ImapMessageItem item in _items.Except(Include)) absent[item.ToString()] = $"Add -Include {item}.";
        if (Headers.Length > 0) absent.Remove(nameof(ImapMessage.Headers));
        if (!Thread) absent[nameof(ImapMessage.Thread)] = absent[nameof(ImapMessage.ThreadDepth)] = "Add -Thread.";
        return absent;
    }

    private FetchItems Items() => new()
    {
        Preview = Include.Contains(ImapMessageItem.Preview),
        Body = Include.Contains(ImapMessageItem.Body),
        AllHeaders = Include.Contains(ImapMessageItem.Headers),
        Headers = [.. Headers.Select(name => HeaderField.Checked(name, nameof(Headers)))],
    };
}

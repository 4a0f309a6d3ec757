using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Filters;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Listing;
using ImapPS.Reading;
using ImapPS.Search;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Gets messages that meet criteria, with envelope, flags, size and attachments.</summary>
/// <remarks>
/// <para>
/// The server searches (one SEARCH a folder), and the messages found are read in windows while the pipeline consumes them: the first
/// comes at once, memory does not grow with the folder, and Select-Object -First ends the reading. Messages come in the order of
/// their UIDs, which is that of their arrival in the folder. Nothing is changed: \Seen stays as it is.
/// </para>
/// <para>
/// Different criteria must all hold; of several values of one, any. Text without a * is contained in the header, as the server
/// understands that; some servers look for words only. Text with a * is compared here with the whole decoded field, whatever the case
/// (* stands for any characters, ? for any one, and brackets are letters), and the server narrows by its literal pieces; a server that
/// searches by words (Gmail; one with a full-text index, which SEARCH=FUZZY tells) gets none, since it would leave out what a wildcard
/// means. Dates are compared to the instant, whatever the time zones of server and caller.
/// </para>
/// <para>
/// -Filter runs its script block as Where-Object would, on the messages that the server finds for what it can answer of the block:
/// comparisons of IsRead, IsFlagged, Flags, Size, Uid, Received, Date, Keywords, the addresses, Subject and MessageId with constants,
/// variables and expressions of yours, joined by -and, -or and -not. The expressions are evaluated once for that, in your scope, before
/// the search: what a command behind this one changes comes too late. -Verbose shows the SEARCH that was sent, and what is left to the
/// module. A slip that would let everything or nothing through is the error FilterInvalid, before anything is sent: a property that
/// messages do not have or that is not fetched, a method without its parentheses, a variable that does not exist, a text where a condition
/// belongs. A variable that may be $null must exist. Two things of PowerShell's to know: $_.From -eq 'a@b' compares objects and is never
/// true ($_.From.Address is what to compare, or -like); and a date stands on the right, as in $_.Received -lt $cutoff. A header in a
/// character set that the server does not know may be found by no search at all; Where-Object finds it.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound (for -Uid), UidValidityChanged, FilterInvalid,
/// SearchCharsetUnsupported, NotSupportedByServer, CommandRejected, ConnectionLost, Timeout, ProtocolError.
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
/// <para>Gets what has lain in the folders below Lists for over ninety days, except what is flagged.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage Reports -Subject 'Nightly build * failed', '*out of space*' -NewerThan 1</code>
/// <para>Gets the last day's messages with either subject.</para>
/// </example>
/// <example>
/// <code>$cutoff = (Get-Date).AddDays(-30)
/// Get-ImapMessage -Filter { $_.From -like '*@contoso.com' -and $_.Received -lt $cutoff -and -not $_.IsRead -and $_.Size -gt 5MB }</code>
/// <para>Gets what Where-Object would, but lets the server look first.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage -Newest 10 -Include Preview | Format-Table Received, From, Subject, Preview</code>
/// <para>Shows the ten messages that came last, with their first words. No search is needed.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage Lists/* -SortBy Size -Descending -First 5</code>
/// <para>Gets the largest messages of each folder below Lists first.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage -Header @{ 'List-Id' = '' } -Headers List-Id, List-Unsubscribe</code>
/// <para>Gets what came over mailing lists, with two of its header fields.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ImapMessage", SupportsPaging = true, HelpUri = HelpPages.Reference + "Get-ImapMessage.md")]
[OutputType(typeof(ImapMessage))]
public sealed class GetImapMessageCommand : MessageFilterCmdlet
{
    private static readonly FolderPath _inbox = new("INBOX");

    private static readonly ImapMessageItem[] _items = [ImapMessageItem.Preview, ImapMessageItem.Headers, ImapMessageItem.Body];

    private MessageFilter? _filter;
    private MessageListing? _listing;

    /// <summary>Specifies the folders: paths, which may contain wildcards, or folder objects. The default is INBOX.</summary>
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
    /// Specifies how many of the newest messages to return from each folder, newest first. What was moved there came with the move,
    /// whatever its Received says, by which Remove-ImapMessage -KeepNewest counts. Without other criteria no search is needed, however
    /// large the folder. Not together with -SortBy or -Thread.
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
                Throw(Failures.ArgumentInvalid("-Uid was given, and a message, which has a UID of its own.", "Give one of them."),
                    folder.Path);
            }

            IReadOnlyList<uint>? uids = folder.Uid is { } uid ? [uid] : Uid is null ? null : UidSets.Normalize(Uid);
            Run((writer, cancellationToken) => writer.ForItemAsync(
                folder.Path,
                () => _listing.WriteAsync(folder, uids, UidValidity, new MailboxAccess(session, writer), writer, cancellationToken),
                cancellationToken));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _filter?.Dispose();
        base.Dispose(disposing);
    }

    private protected override ImapException Refusal(FolderPath given) =>
        given.Kind == ItemKind.Message ? Failures.PlaceUnknown(given.Given!) : base.Refusal(given);

    /// <summary>With the first folder, and not before: commands upstream may just have set what the filter takes from its scope.</summary>
    private MessageListing Listing()
    {
        try
        {
            _filter = Filter is null ? null : MessageFilter.Compile(Filter, this, Absent());
            MessageCriteria criteria = Criteria(_filter);
            return new MessageListing(criteria, Order, PagingParameters.Skip, PagingParameters.First)
            {
                Filter = _filter,
                Items = Items(criteria),
                TotalCount = PagingParameters.IncludeTotalCount ? PagingParameters.NewTotalCount : null,
            };
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
            throw;
        }
    }

    private Dictionary<string, string> Absent()
    {
        var absent = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (ImapMessageItem item in _items.Except(Include)) absent[item.ToString()] = $"Add -Include {item}.";
        if (Headers.Length > 0) absent.Remove(nameof(ImapMessage.Headers));
        if (!Thread) absent[nameof(ImapMessage.Thread)] = absent[nameof(ImapMessage.ThreadDepth)] = "Add -Thread.";
        return absent;
    }

    private FetchItems Items(MessageCriteria criteria) => new()
    {
        Preview = Include.Contains(ImapMessageItem.Preview),
        Body = Include.Contains(ImapMessageItem.Body),
        AllHeaders = Include.Contains(ImapMessageItem.Headers),
        Headers = [.. Headers.Select(name => HeaderField.Checked(name, nameof(Headers)))],
        Compared = criteria.HeaderFields,
        SaveDate = criteria.NeedsSaveDate,
    };
}

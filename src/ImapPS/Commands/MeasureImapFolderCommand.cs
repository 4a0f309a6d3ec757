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
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Counts messages, by sender, month, size and other groups.</summary>
/// <remarks>
/// <para>
/// Without -By the cmdlet returns one object for all folders together. With -By Folder it returns one object for each folder, also
/// for empty ones. It has the
/// number of messages, their size, how many are unread, and when the oldest and the newest were received. Times are those of receipt, in
/// local time. Nothing is changed. Of several sessions each has objects of its own.
/// </para>
/// <para>
/// With -By the cmdlet returns one object for each group. The groups with the most messages come first. Years, months, weekdays, hours and
/// size classes come in their own order. Several names make a table: -By Year, Sender counts the messages of each sender in each year.
/// Percent is the share of the group in the number of all measured messages.
/// </para>
/// <para>
/// A message can be in several groups of Sender, Domain, Recipient, Flag, Keyword and AttachmentType, in each of them once. Then the
/// percentages add up to more than 100. Messages that have no such value are in the group (none). Addresses are the same in upper and lower
/// case, and domains in both of their forms.
/// </para>
/// <para>
/// Get-ImapMessage takes the objects, and returns the messages that were counted. It looks into the folders again, so messages that have
/// come since are returned too. A row from a file is accepted if no criteria were given.
/// </para>
/// <para>
/// The cmdlet reads the folders in windows and keeps no message. Its memory use grows with the number of groups. It asks the server for
/// no more than it needs. For sizes, times and flags no header is read. The structure of messages is read only for AttachmentType,
/// -Attachments and criteria about attachments. Criteria work as in Get-ImapMessage. With -Filter whole message objects are read. A
/// folder that is given twice is counted once. After an error in a folder, the messages that were read before it are counted.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, FilterInvalid, ArgumentInvalid, SearchCharsetUnsupported,
/// NotSupportedByServer, PermissionDenied, CommandRejected, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Measure-ImapFolder -Folder * -By Folder</code>
/// <para>Shows how many messages each folder has, and their size.</para>
/// </example>
/// <example>
/// <code>Measure-ImapFolder INBOX -By Sender -Top 10</code>
/// <para>Shows the ten senders with the most messages.</para>
/// </example>
/// <example>
/// <code>Measure-ImapFolder INBOX -By Sender -Top 1 | Get-ImapMessage | Move-ImapMessage Archive -WhatIf</code>
/// <para>Shows which messages of the sender with the most messages would be moved.</para>
/// </example>
/// <example>
/// <code>Measure-ImapFolder INBOX -Unread -OlderThan 30 -By Year, Domain | Sort-Object Size -Descending</code>
/// <para>Measures old unread messages, for each year and each domain of the senders.</para>
/// </example>
/// <example>
/// <code>Measure-ImapFolder INBOX -HasAttachment -By AttachmentType | Format-Table Name, Count, Size, Attachments</code>
/// <para>Shows how many messages have attachments of each type.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "ImapFolder", HelpUri = HelpPages.Reference + "Measure-ImapFolder.md")]
[OutputType(typeof(ImapMeasure))]
public sealed class MeasureImapFolderCommand : MessageFilterCmdlet
{
    private static readonly FolderPath _inbox = new("INBOX");

    private readonly Dictionary<SessionConnection, FolderMeasuring> _measurings = [];
    private MessageFilter? _filter;
    private WantedMessages? _wanted;
    private ImapGrouping[] _by = [];

    /// <summary>Specifies the folders: paths, which may contain wildcards, or folder objects. The default is INBOX.</summary>
    // Not by property name: messages have a Folder too, and whoever pipes them means these and not all that is in their folders.
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [Alias("Path")]
    [PSDefaultValue(Value = "INBOX")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [_inbox];

    /// <summary>
    /// Specifies what the messages are grouped by: Sender, Domain, Recipient, Year, Month, Weekday, Hour, SizeClass, Flag, Keyword,
    /// AttachmentType, ListId, Folder. Several names make a group of each combination.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ImapGrouping[] By { get; set; } = [];

    /// <summary>Specifies how many groups to return: those with the most messages. Can be used only with -By.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = int.MaxValue;

    /// <summary>
    /// Indicates that attachments are counted. The structure of the messages is read for this. With -By AttachmentType they are counted
    /// without it. The number is that of all attachments of the messages, of any type.
    /// </summary>
    [Parameter]
    public SwitchParameter Attachments { get; set; }

    private bool CountsAttachments => Attachments || _by.Contains(ImapGrouping.AttachmentType);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _by = [.. By.Distinct()];
        if (_by.Length == 0 && MyInvocation.BoundParameters.ContainsKey(nameof(Top))) Throw(Failures.TopAlone());
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _wanted ??= Wanted();
        foreach ((FolderPath folder, SessionConnection session) in Accepted(Folder, all: _inbox))
        {
            if (!_measurings.TryGetValue(session, out FolderMeasuring? measuring))
            {
                _measurings.Add(session, measuring = new FolderMeasuring(_wanted, _by, CountsAttachments));
            }

            Run((writer, cancellationToken) => writer.ForItemAsync(
                folder.Path,
                () => measuring.ReadAsync(folder, new MailboxAccess(session, writer), writer, cancellationToken),
                cancellationToken));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (KeyValuePair<SessionConnection, FolderMeasuring> measured in _measurings)
        {
            foreach (ImapMeasure group in measured.Value.Results(measured.Key.Handle.Id, Top, Filter)) WriteObject(group);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _filter?.Dispose();
        base.Dispose(disposing);
    }

    private WantedMessages Wanted() => OrThrow(() =>
    {
        _filter = Filter is null ? null : MeasuredGroups.Compile(Filter, this);
        return new WantedMessages(Criteria(_filter), _filter);
    });
}

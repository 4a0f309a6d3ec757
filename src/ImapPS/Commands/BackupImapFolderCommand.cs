using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Filters;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Backups;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Files;
using ImapPS.Pipeline.Listing;
using ImapPS.Search;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Backs up folders to a directory. Later backups fetch only what is new.</summary>
/// <remarks>
/// <para>
/// The first backup fetches every message. Each later backup to the same directory fetches only the messages that it does not have, and
/// updates flags and keywords. A folder in which nothing has changed costs no command of its own if the server has CONDSTORE and
/// LIST-STATUS (RFC 7162, RFC 5819). Without CONDSTORE the flags of all messages are read each time. The cmdlet returns an object for each
/// folder, and changes nothing in the mailbox.
/// </para>
/// <para>
/// The directory has a directory for each folder, and in it a file for each message, byte for byte as on the server. The name of a file is
/// the SHA-256 of its content, with .eml. The file manifest.jsonl has a line of JSON for each folder, message and change. It has what the
/// files do not have: times of receipt, flags, keywords, roles and subscriptions. All of it can be read without this module.
/// Restore-ImapFolder brings it back, and Test-ImapBackup tests it. A directory holds the backup of one account.
/// </para>
/// <para>
/// With -Format Maildir the directory of each folder is a Maildir, which mail programs can read. The flags are in the names of the files,
/// and are updated by later backups. The lines of a message end in LF, if they can be changed back exactly. Keywords are only in the
/// manifest. A mail program may rename the files: the flags that it sets are replaced with those of the server at the next backup. The
/// first backup fixes the format.
/// </para>
/// <para>
/// You can interrupt a backup at any time, and run it again. A message is in the manifest only after its file is on the disk. At most the
/// batch that was under way (500 messages or 25 MB) is fetched again, with -Parallel one for each connection. A file that was removed is
/// fetched again. Two backups to the same directory do not run at the same time: the second is the error BackupInUse. A message that
/// cannot be fetched is an error, and the next backup tries it again. Test-ImapBackup shows the folders of which no backup was ever
/// complete.
/// </para>
/// <para>
/// A message that was moved on the server is not fetched again, nor is any message of a folder that was renamed or has a new UIDVALIDITY.
/// The file is copied on the disk. A message is the same if its EMAILID is the same (RFC 8474). If the server has no EMAILID, then the
/// size, the time of receipt, the Message-ID and the whole header must be the same, the message must have left the place where it was, and
/// the backup must have no other message that it could be. Then only the header is fetched. Copies, messages without Message-ID, and
/// messages that a client saved anew in the same folder are always fetched.
/// </para>
/// <para>
/// With criteria, such as -Since or -From, only the messages that match are backed up. They have the same meaning as in Get-ImapMessage. A
/// message that no longer matches stays in the backup, and is not marked as deleted with -Mirror. A later backup without criteria fetches
/// all that is missing. Flags and keywords are updated only of messages that match.
/// </para>
/// <para>
/// Without -Mirror a backup keeps every message that it ever had. With -Mirror the messages that the server no longer has are marked in the
/// manifest, and Restore-ImapFolder leaves them out. Their files stay. With -KeepDeleted such a message is removed from the backup after
/// that time. A message that disappeared because its folder has a new UIDVALIDITY, is missing, or is now empty, is not removed, unless
/// another folder of this backup run still has the same content on the server, and its file is not damaged. The protection of an empty
/// folder ends with the next message in it: then what was removed on the server is removed from the backup after its time. What is left of
/// a folder that was renamed or removed is looked at only by backups of all folders. Messages are removed at the end, when all folders
/// have been read. With -WhatIf the cmdlet says which messages it would remove. It fetches nothing
/// for that, so copies that are only on the server are not counted.
/// </para>
/// <para>
/// The manifest has the server, the port and the user. Another account, or another port of the same host, is refused (143 and 993 are
/// the same). A directory with files of a backup and no manifest is refused too. Lines of the manifest that cannot be read are a warning.
/// </para>
/// <para>
/// Folders with the role \Flagged or \Important show messages of other folders. They are backed up only if you name them.
/// </para>
/// <para>
/// With -Parallel messages are fetched over several connections. The additional ones are opened when a folder has more than 500 messages
/// or 25 MB to fetch, are kept for the folders that follow, and are closed at the end. If one of them is lost, the others continue its
/// work.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, BackupInUse, BackupDamaged, FileNotRead, FileNotSaved, DiskFull,
/// ArgumentInvalid, FilterInvalid, SearchCharsetUnsupported, NotSupportedByServer, PermissionDenied, CommandRejected, ServerBusy,
/// ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Backup-ImapFolder -Path ./backup</code>
/// <para>Backs up all folders. The same command backs up what is new the next time.</para>
/// </example>
/// <example>
/// <code>Backup-ImapFolder INBOX, Archive/* -Path ./backup -Mirror -KeepDeleted 90</code>
/// <para>Backs up some folders. Messages that were removed on the server are kept for 90 days.</para>
/// </example>
/// <example>
/// <code>Backup-ImapFolder -Path ./backup | Where-Object Failed</code>
/// <para>Shows the folders of which some messages could not be backed up.</para>
/// </example>
/// <example>
/// <code>Backup-ImapFolder -Path ./mail -Format Maildir</code>
/// <para>Begins a backup that mail programs can read.</para>
/// </example>
/// <example>
/// <code>Backup-ImapFolder -Path ./backup -Parallel 4</code>
/// <para>Fetches the messages over four connections.</para>
/// </example>
/// <example>
/// <code>Backup-ImapFolder INBOX -Path ./backup -NewerThan 365 -SmallerThan 10MB</code>
/// <para>Backs up the messages of the last year that are not large.</para>
/// </example>
/// <seealso cref="RestoreImapFolderCommand"/>
/// <seealso cref="TestImapBackupCommand"/>
[Cmdlet(VerbsData.Backup, "ImapFolder", SupportsShouldProcess = true, HelpUri = HelpPages.Reference + "Backup-ImapFolder.md")]
[OutputType(typeof(ImapFolderBackup))]
public sealed class BackupImapFolderCommand : MessageFilterCmdlet
{
    private static readonly FolderPath _everything = new("*");

    private readonly List<(SessionConnection Session, FolderPath Folder)> _asked = [];
    private Consent? _consent;
    private MessageFilter? _filter;
    private string _root = string.Empty;

    /// <summary>
    /// Specifies the folders: paths, which may contain wildcards, or folder objects. The default is all folders of the account.
    /// </summary>
    // Not by property name: messages have a Folder too, and whoever pipes them means these and not all that is in their folders.
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [];

    /// <summary>
    /// Specifies the directory of the backup. It is created if it is missing. No character is a wildcard. This is a path of the file
    /// system, and not of a folder.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    public string Path { get; set; } = string.Empty;

    /// <summary>Indicates that messages that the server no longer has are marked as deleted. Their files stay.</summary>
    [Parameter]
    public SwitchParameter Mirror { get; set; }

    /// <summary>
    /// Specifies how long messages stay in the backup after they were marked as deleted. A number is days. Text can be such as 12h or
    /// 90.00:00:00. By default they stay for ever. Can be used only with -Mirror.
    /// </summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan KeepDeleted { get; set; }

    /// <summary>
    /// Specifies the format of a new backup. Eml writes a file for each message, byte for byte as on the server. Maildir writes directories
    /// that mail programs can read. The default is the format that the backup has, and Eml for a new one. It cannot be changed later.
    /// </summary>
    [Parameter]
    [ValidateSet(nameof(ImapMessageFormat.Eml), nameof(ImapMessageFormat.Maildir))]
    public ImapMessageFormat Format { get; set; }

    /// <summary>
    /// Specifies the number of connections to fetch messages over, from 1 to 8. More connections help if the network delay is long, or if
    /// the server is slow for each connection. If the server refuses some connections, the others do the work.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 8)]
    [PSDefaultValue(Value = 1)]
    public int Parallel { get; set; } = 1;

    private Consent Consent => _consent ??= new Consent(this);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            if (IsGiven(nameof(KeepDeleted)) && !Mirror) throw Failures.KeepDeletedAlone();
            _root = FilePaths.Literal(SessionState, Path);
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach ((FolderPath folder, SessionConnection session) in Accepted(Folder, all: _everything)) _asked.Add((session, folder));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_asked.Count == 0)
        {
            // A pipeline that brought no folder does not mean all of them.
            if (!MyInvocation.ExpectingInput) BackUp(ResolveOrThrow(), []);
        }
        else if (_asked.Exists(asked => asked.Session != _asked[0].Session)) Throw(Failures.BackupOfSeveral());
        else
        {
            BackUp(_asked[0].Session, _asked.Exists(asked => asked.Folder == _everything)
                ? [] : [.. _asked.Select(asked => asked.Folder)]);
        }

        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _filter?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>What the criteria say; null where there are none.</summary>
    private WantedMessages? Wanted()
    {
        _filter = Filter is null ? null : BackupSelection.Compile(Filter, this);
        MessageCriteria criteria = Criteria(_filter);
        return criteria.IsEmpty && _filter is null ? null : new WantedMessages(criteria, _filter);
    }

    private void BackUp(SessionConnection session, IReadOnlyList<FolderPath> folders)
    {
        var options = new BackupOptions(_root, IsGiven(nameof(Format)) ? Format : null, Mirror,
            IsGiven(nameof(KeepDeleted)) ? KeepDeleted : null, Parallel, OrThrow(Wanted), Consent.IsSilent, Consent.IsWhatIf);
        Run(async (writer, cancellationToken) =>
        {
            using var backup = new BackupRun(options, new MailboxAccess(session, writer), writer);
            await backup.RunAsync(folders, cancellationToken).ConfigureAwait(false);
        });
    }
}

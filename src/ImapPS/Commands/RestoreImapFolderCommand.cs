using System;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Backups;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Files;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Restores folders from a backup to an account.</summary>
/// <remarks>
/// <para>
/// The cmdlet brings the messages of a backup to the account of the session: to the account that they came from, or to any other, on any
/// server. It creates the folders that are missing, and subscribes to those that the user was subscribed to. Messages get their times of
/// receipt, flags and keywords back, as far as the server accepts them. The cmdlet returns an object for each folder.
/// </para>
/// <para>
/// A folder with a role, such as \Sent, is restored to the folder with this role. Other folders are restored to the folder of the same
/// name. Another hierarchy delimiter, and the prefix of a namespace, are replaced. If the name of a folder contains the delimiter of the
/// server, the delimiter becomes _. A new folder gets its role if the server can give roles to folders (CREATE-SPECIAL-USE, RFC 6154).
/// </para>
/// <para>
/// What holds only folders on the old server, and no messages, is left to the new server, which makes it as it needs it. A few servers can
/// only make folders that hold messages.
/// </para>
/// <para>
/// A message that is already in the folder is not restored again, so you can run the command again after an interruption. A message is the
/// same if its size, its Message-ID and its time of receipt are the same. If it has no Message-ID, or another time, or if the backup has
/// several messages with the same size and Message-ID, the content is compared. If the backup holds a message twice, it is restored twice.
/// The flags of messages that are already there are not changed. Some servers change messages as they take them. These messages are
/// restored again each time.
/// </para>
/// <para>
/// Two restores of one backup to the same account do not run at the same time: the second is the error BackupInUse. Restores to different
/// accounts do. The lock is a file in the directory of the backup. It does not keep out a restore of another backup, or of a copy of this
/// one, to the same account, and there is none if the directory cannot be written to. Such restores at the same time may bring messages
/// twice.
/// </para>
/// <para>
/// The file of each message is compared with its SHA-256 before it is sent. A file that is damaged or missing is an error, and is not
/// restored. Messages that a backup with -Mirror has marked as deleted are restored only with -IncludeDeleted. A folder of which all
/// messages are marked is not created. Messages are sent octet for octet, but an LF alone becomes CRLF, as IMAP requires. An empty message
/// or one with NUL octets is an error, because IMAP cannot carry it.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FileNotFound, FileNotRead, BackupDamaged, BackupInUse, FolderNotFound, MessageInvalid,
/// MessageTooLarge, OutcomeUnknown, ArgumentInvalid, PermissionDenied, QuotaExceeded, CommandRejected, ServerBusy, ConnectionLost, Timeout,
/// ProtocolError.
/// </notes>
/// <example>
/// <code>Restore-ImapFolder -Path ./backup -WhatIf</code>
/// <para>Shows for each folder how many messages would be restored.</para>
/// </example>
/// <example>
/// <code>Restore-ImapFolder Archive/* -Path ./backup -Session robot</code>
/// <para>Restores some folders of the backup to the account of another session.</para>
/// </example>
/// <example>
/// <code>Restore-ImapFolder Archive -Path ./backup -IncludeDeleted</code>
/// <para>Restores the messages that were deleted from the archive as well.</para>
/// </example>
/// <seealso cref="BackupImapFolderCommand"/>
/// <seealso cref="TestImapBackupCommand"/>
[Cmdlet(VerbsData.Restore, "ImapFolder", SupportsShouldProcess = true, HelpUri = HelpPages.Reference + "Restore-ImapFolder.md")]
[OutputType(typeof(ImapFolderRestore))]
public sealed class RestoreImapFolderCommand : ConsentCmdlet
{
    /// <summary>
    /// Specifies the folders, by their paths in the backup, which may contain wildcards. The default is all folders of the backup.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public FolderPath[] Folder { get; set; } = [];

    /// <summary>
    /// Specifies the directory of the backup, as it was given to Backup-ImapFolder. No character is a wildcard. This is a path of the file
    /// system, and not of a folder.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    public string Path { get; set; } = string.Empty;

    /// <summary>Indicates that messages are restored that the backup has marked as deleted, if their files are still there.</summary>
    [Parameter]
    public SwitchParameter IncludeDeleted { get; set; }

    private protected override bool KeepsUntold => true;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (Array.Find(Folder, folder => folder.Given is not null) is { } other)
            {
                throw Refusals.NotAFolder(other, MyInvocation.MyCommand.Name);
            }

            SessionConnection session = Resolve();
            var options = new RestoreOptions(FilePaths.Literal(SessionState, Path), Folder, IncludeDeleted, Consent.IsSilent);
            Run(async (writer, cancellationToken) =>
            {
                using var restore = new RestoreRun(options, new MailboxAccess(session, writer), writer);
                await restore.RunAsync(cancellationToken).ConfigureAwait(false);
            });
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }
}

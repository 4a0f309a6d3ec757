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

/// <summary>Tests a backup that Backup-ImapFolder has made.</summary>
/// <remarks>
/// <para>
/// The cmdlet reads every file of the backup, and compares it with the size and the SHA-256 in the manifest. It returns an object for each
/// folder. Result is Passed or Failed, and Problems says what is wrong: files that are missing or damaged, files that the manifest does not
/// know, and lines of the manifest that cannot be read. Problems that belong to no folder are in an object without a folder. A problem is a
/// result, not an error.
/// </para>
/// <para>
/// Without -Session no server is asked, not even that of the current session. With -Session the backup is also compared with the server.
/// The object of a folder then has the messages that are on the server and not in the backup, and those that are in the backup, not marked
/// as deleted, and not on the server. Messages are compared by their UIDs, and are not downloaded. Flags are not compared. Messages that
/// have arrived since the last backup are not in it, so run a backup before.
/// </para>
/// <para>
/// A folder of which no backup was ever complete, because the first one was interrupted or a message could not be fetched, has a problem of
/// the kind Incomplete, and -Quiet returns false. A message that has arrived since the last complete backup is no problem without -Session.
/// A folder that was backed up only with criteria is complete if all messages that matched were backed up.
/// </para>
/// <para>
/// The cmdlet changes nothing. To repair a file that is damaged, remove it and run Backup-ImapFolder. A file that is missing is fetched
/// again, as long as the server has its message. Messages that are marked as deleted cannot be fetched again.
/// </para>
/// </remarks>
/// <notes>
/// Errors: SessionNotFound, FileNotFound, FileNotRead, ArgumentInvalid, PermissionDenied, CommandRejected, ServerBusy, ConnectionLost,
/// Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Test-ImapBackup -Path ./backup</code>
/// <para>Shows for each folder whether its files are as they were saved.</para>
/// </example>
/// <example>
/// <code>(Test-ImapBackup -Path ./backup).Problems | Format-Table Kind, File, Reason</code>
/// <para>Shows everything that is wrong.</para>
/// </example>
/// <example>
/// <code>if (-not (Test-ImapBackup -Path ./backup -Quiet)) { Write-Warning 'The backup is damaged.' }</code>
/// <para>Tests in a script. The result is true or false.</para>
/// </example>
/// <seealso cref="BackupImapFolderCommand"/>
/// <seealso cref="RestoreImapFolderCommand"/>
[Cmdlet(VerbsDiagnostic.Test, "ImapBackup", HelpUri = HelpPages.Reference + "Test-ImapBackup.md")]
[OutputType(typeof(ImapBackupTest), typeof(bool))]
public sealed class TestImapBackupCommand : SessionCmdlet
{
    /// <summary>
    /// Specifies the directory of the backup, as it was given to Backup-ImapFolder. No character is a wildcard.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    public string Path { get; set; } = string.Empty;

    /// <summary>Indicates that the cmdlet returns only true or false: true if nothing is wrong.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>
    /// Specifies the session to compare the backup with: the object, its id or its name. By default the backup is not compared with a
    /// server, not even with that of the current session.
    /// </summary>
    [Parameter]
    [Alias("SessionId")]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public override SessionReference? Session { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            // Without -Session no server is asked, not that of the current session either.
            SessionConnection? session = Session is null ? null : Resolve();
            string root = FilePaths.Literal(SessionState, Path);
            bool isQuiet = Quiet;
            Run((writer, cancellationToken) =>
                new BackupTestRun(root, session is null ? null : new MailboxAccess(session, writer), isQuiet, writer)
                    .RunAsync(cancellationToken));
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Files;
using ImapPS.Pipeline.Listing;
using ImapPS.Reporting;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Writes a page with numbers and charts of a mailbox.</summary>
/// <remarks>
/// <para>
/// The page is one HTML file that can be opened in any browser and sent by mail. It has no scripts and loads nothing from the network. It
/// shows totals, folders by size, growth, senders, mailing lists, the age of the mail, unread messages by age, attachments, copies, and
/// quotas if the server has them. Each chart has a table with its numbers. The page has a light and a dark form. A print has the charts,
/// and the tables that are open.
/// </para>
/// <para>
/// The numbers are those of Measure-ImapFolder, Find-ImapDuplicate and Get-ImapQuota. Times are those of receipt, in local time. Sizes are
/// those that the server tells. Nothing in the mailbox is changed.
/// </para>
/// <para>
/// Each folder is read once, in windows, and no message is kept. Memory use grows with the number of senders, and with a few octets for
/// each message, which are needed to find copies. By default copies are looked for in all folders except the trash, as Find-ImapDuplicate
/// does.
/// </para>
/// <para>
/// Folders with the role \All, \Flagged or \Important show messages of other folders. Such a folder is counted only if it is the only
/// folder that is given. A folder that cannot be opened is an error, and the others are still counted. The page names the folders that are
/// not counted. If no folder can be read, no file is written.
/// </para>
/// <para>
/// The page contains addresses, names of folders and numbers, but no subjects and no texts. On Linux and macOS only you can read the file.
/// The file is written under a temporary name and renamed when it is complete.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, FileExists, FileNotSaved, DiskFull, ArgumentInvalid,
/// PermissionDenied, CommandRejected, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Export-ImapReport ./report.html</code>
/// <para>Writes a report of the whole mailbox.</para>
/// </example>
/// <example>
/// <code>Export-ImapReport ./report.html -Force -PassThru | Invoke-Item</code>
/// <para>Writes the report again, and opens it in the browser.</para>
/// </example>
/// <example>
/// <code>Export-ImapReport ./lists.html Lists/*</code>
/// <para>Writes a report of the folders below Lists.</para>
/// </example>
/// <seealso cref="MeasureImapFolderCommand"/>
/// <seealso cref="FindImapDuplicateCommand"/>
/// <seealso cref="GetImapQuotaCommand"/>
[Cmdlet(VerbsData.Export, "ImapReport", SupportsShouldProcess = true, HelpUri = HelpPages.Reference + "Export-ImapReport.md")]
[OutputType(typeof(FileInfo))]
public sealed class ExportImapReportCommand : FolderCmdlet
{
    private static readonly FolderPath _everything = new("*");

    private readonly List<(SessionConnection Session, FolderPath Folder)> _asked = [];
    private ReportFile? _file;

    /// <summary>
    /// Specifies the file: a path of the file system. No character is a wildcard. Directories that are missing are created.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// Specifies the folders: paths, which may contain wildcards, or folder objects. They must be of one session. The default is all
    /// folders.
    /// </summary>
    // Not by property name: messages have a Folder too, and whoever pipes them means these and not all that is in their folders.
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [];

    /// <summary>Indicates that a file that exists is overwritten. Without it, that is the error FileExists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Indicates that the cmdlet returns the file, as Get-Item does.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _file = ReportFile.At(FilePaths.Literal(SessionState, Path), Force);
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
        if (_asked.Count > 0)
        {
            if (_asked.Exists(asked => asked.Session != _asked[0].Session)) Throw(Failures.SeveralMailboxes());
            FolderPath[] folders = [.. _asked.Select(asked => asked.Folder)];
            Export(_asked[0].Session, folders.Contains(_everything) ? [] : folders);
        }
        else if (!MyInvocation.ExpectingInput)
        {
            // A pipeline that brought no folder does not mean all of them.
            Export(ResolveOrThrow(), []);
        }

        base.EndProcessing();
    }

    private void Export(SessionConnection session, IReadOnlyList<FolderPath> folders)
    {
        if (new Consent(this).IsWhatIf) Read(session, (reading, stop) => reading.TryAsync(folders, stop));
        if (!ShouldProcess(_file!.Path, $"Write a report of the mailbox '{session.Handle.UserName}'")) return;

        MailboxReport? report = null;
        Read(session, async (reading, stop) => report = await reading.ReadAsync(folders, stop).ConfigureAwait(false));
        if (report is null) return;

        try
        {
            FileInfo file = _file.Write(report);
            if (PassThru) WriteObject(FileItem.Of(file, this));
        }
        catch (ImapException failed)
        {
            Throw(failed);
        }
    }

    private void Read(SessionConnection session, Func<ReportReading, CancellationToken, Task> read) =>
        Run((writer, cancellationToken) => writer.ForItemAsync(
            target: null,
            () => read(new ReportReading(new MailboxAccess(session, writer), writer), cancellationToken),
            cancellationToken));
}

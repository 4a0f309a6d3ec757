using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Waiting;
using ImapPS.Sessions;
using ImapPS.Watching;

namespace ImapPS.Commands;

/// <summary>Returns events of folders as they happen: messages that arrive, are removed, or get other flags.</summary>
/// <remarks>
/// <para>
/// The watch runs until it is stopped: by Ctrl+C, by Select-Object -First, after -Count events, or when -TimeoutSeconds are over, which is
/// no error. What happens is told whoever did it, you in the same session included. What is in the folder at the beginning is not told.
/// </para>
/// <para>
/// It has a connection of its own, so that the commands after it in the pipeline can use the session, and changes nothing: folders are
/// opened with EXAMINE. One folder is listened to with IDLE (RFC 2177), which is begun anew before nine minutes are over. Of several, the
/// server tells with NOTIFY (RFC 5465); where it lacks that, the last folder is listened to and the others are asked for their STATUS every
/// 10 seconds. A server without IDLE is asked every 2 seconds.
/// </para>
/// <para>
/// A connection that breaks is opened again, however long that takes, and one on which the server no longer answers is found out within the
/// session's -TimeoutSeconds. Each time, and at every word of the server, the folder is compared with what was told of it: by UIDNEXT and,
/// with CONDSTORE or QRESYNC (RFC 7162), by its modification sequence. So nothing is told twice and nothing that happened in between is
/// missed, but for two things: of several changes to one message's flags between two looks only the outcome is told, and of a message that
/// came and went between two looks, nothing. Within one look, messages that went come first, then changed flags, then those that came.
/// </para>
/// <para>
/// With QRESYNC or CONDSTORE a watch costs the same however many messages there are. On a server with neither, the flags of all messages of
/// the folder are fetched whenever one of them changes, and once after each reconnect; leave FlagsChanged out with -Event if you do not
/// need it.
/// </para>
/// <para>
/// Events can be piped to every cmdlet that takes messages, which then works on each message the moment its event comes.
/// </para>
/// <para>
/// A folder whose UIDVALIDITY changes, or that is deleted, is an error, and its watch ends; the watch of the others goes on.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, AuthenticationFailed, CommandRejected, ProtocolError, Timeout.
/// </notes>
/// <example>
/// <code>Watch-ImapFolder | Where-Object Kind -eq Arrived | Get-ImapMessageContent | ForEach-Object { $_.Subject; $_.Codes }</code>
/// <para>Reads each message the moment it arrives in the INBOX.</para>
/// </example>
/// <example>
/// <code>Watch-ImapFolder INBOX | Where-Object Kind -eq Arrived | Move-ImapMessage Done</code>
/// <para>Moves each message the moment it arrives.</para>
/// </example>
/// <example>
/// <code>Watch-ImapFolder Orders, Returns -Event Arrived | Where-Object { $_.Message.From.Address -like '*@partner.example' } |
///     Move-ImapMessage Partners -CreateFolder</code>
/// <para>Sorts mail as it comes.</para>
/// </example>
/// <example>
/// <code>if (-not (Test-Path mark.xml)) { Get-ImapFolder INBOX | Export-Clixml mark.xml }
/// $mark = Import-Clixml mark.xml
/// $next = Get-ImapFolder INBOX
/// Watch-ImapFolder -After $mark -TimeoutSeconds 0 | Export-Csv audit.csv -Append
/// $next | Export-Clixml mark.xml</code>
/// <para>Logs, from a scheduled script, what happened since its last run. The next mark is taken first, so that nothing falls between two
/// runs.</para>
/// </example>
/// <seealso cref="WaitImapMessageCommand"/>
/// <seealso cref="GetImapFolderCommand"/>
/// <seealso cref="GetImapMessageContentCommand"/>
[Cmdlet(VerbsCommon.Watch, "ImapFolder", DefaultParameterSetName = "Path", HelpUri = HelpPages.Reference + "Watch-ImapFolder.md")]
[OutputType(typeof(ImapFolderEvent))]
public sealed class WatchImapFolderCommand : FolderCmdlet
{
    private static readonly FolderPath _inbox = new("INBOX");

    private readonly Dictionary<SessionConnection, List<FolderPath>> _asked = [];
    private bool _isMarked;

    /// <summary>
    /// Specifies the folders: paths, which may contain wildcards, or folder objects. The default is the folders of -After, or INBOX.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [Alias("Folder")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Path { get; set; } = [];

    /// <summary>Specifies the paths of the folders. No character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [ValidateNotNullOrEmpty]
    [FolderTransformation(Literal = true)]
    [Alias("PSPath", "LP")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] LiteralPath { get; set; } = [];

    /// <summary>Specifies the events to return. The default is all: Arrived, Expunged, FlagsChanged.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ImapFolderEventKind[] Event { get; set; } =
        [ImapFolderEventKind.Arrived, ImapFolderEventKind.Expunged, ImapFolderEventKind.FlagsChanged];

    /// <summary>
    /// Specifies folder objects that Get-ImapFolder returned before. The watch begins with the events since then. Watched folders that are
    /// not among them begin now. Folders among them that are not watched are ignored. New messages are known by UIDNEXT. Changed flags are
    /// known only if the server has CONDSTORE, and expunged messages only if it has QRESYNC and still remembers them.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [MarkTransformation]
    public MailboxMark[] After { get; set; } = [];

    /// <summary>Specifies how many events to return. The default is no limit.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = int.MaxValue;

    /// <summary>
    /// Specifies how long to watch, in seconds. With 0 the cmdlet returns what happened since -After. The default is no limit.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>
    /// Specifies how often to ask the server, in seconds, from 1 to 3,600. By default a server is not asked for what it reports by itself.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 3_600)]
    public int PollSeconds { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (MailboxMark mark in After.Where(mark => mark.Folder is null)) Throw(Failures.MarkIsNoFolder(mark));

        FolderPath[] given = [.. Path, .. LiteralPath];
        if (given.Length == 0) given = After.Length > 0 ? [.. After.Select(mark => mark.Folder!)] : [_inbox];

        foreach ((FolderPath folder, SessionConnection session) in Accepted(given, all: _inbox))
        {
            if (!_asked.TryGetValue(session, out List<FolderPath>? folders)) _asked[session] = folders = [];
            folders.Add(folder);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Run(WatchAsync);
        base.EndProcessing();
    }

    private async Task WatchAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        var folders = new Dictionary<SessionConnection, IReadOnlyList<FolderState>>();
        foreach (KeyValuePair<SessionConnection, List<FolderPath>> asked in _asked)
        {
            folders[asked.Key] = await StatesAsync(asked.Value, new MailboxAccess(asked.Key, writer), cancellationToken)
                .ConfigureAwait(false);
        }

        if (After.Length > 0 && !_isMarked) throw Failures.MarkOfOther(After[0]);

        TimeSpan? timeout = TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        TimeSpan? poll = PollSeconds > 0 ? TimeSpan.FromSeconds(PollSeconds) : null;
        await new FolderEventWriter(Event, timeout, poll, Count).WriteAsync(folders, writer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The folders of one session, each once, with what -After knows of them.</summary>
    private async Task<IReadOnlyList<FolderState>> StatesAsync(List<FolderPath> asked, MailboxAccess mailbox,
        CancellationToken cancellationToken)
    {
        var states = new List<FolderState>();
        foreach (FolderPath folder in asked)
        {
            foreach (string path in await FolderExpansion.ExpandAsync(folder, mailbox, cancellationToken).ConfigureAwait(false))
            {
                if (states.Exists(state => FolderNames.AreSame(state.Path, path))) continue;

                MailboxMark? mark = Array.Find(After, mark => FolderNames.AreSame(mark.Folder!.Path, path)
                    && (mark.Folder.SessionId ?? mailbox.SessionId) == mailbox.SessionId);
                states.Add(mark is null ? new FolderState(path, folder.UidValidity) : new FolderState(mark));
                _isMarked |= mark is not null;
            }
        }

        return states;
    }
}

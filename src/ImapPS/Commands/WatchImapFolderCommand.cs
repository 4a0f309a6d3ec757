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
/// The watch runs until Ctrl+C, Select-Object -First, -Count or -TimeoutSeconds ends it. The end of the time is not an error. The cmdlet
/// returns events of all changes, including your own in the same session. Messages that are in the folder at the beginning have no event.
/// </para>
/// <para>
/// The watch uses its own connection, so later commands in the pipeline can use the session. It opens folders with EXAMINE and changes
/// nothing. It listens to one folder with IDLE (RFC 2177), and renews IDLE before nine minutes are over. For several folders it uses NOTIFY
/// (RFC 5465). If the server does not support NOTIFY, the watch listens to the last folder and asks for the STATUS of the others every 10
/// seconds. A server without IDLE is asked every 2 seconds.
/// </para>
/// <para>
/// If the connection breaks, it is opened again, no matter how long this takes. If the server no longer answers, the cmdlet notices this
/// within the session's -TimeoutSeconds. After each reconnect, and after each response of the server, the cmdlet compares the folder with
/// the events that it has returned. It uses UIDNEXT and, with CONDSTORE or QRESYNC (RFC 7162), the modification sequence.
/// </para>
/// <para>
/// No event is returned twice and no event is missed, with two exceptions. If the flags of a message change several times between two
/// comparisons, one event with the last flags is returned. If a message arrives and is removed between two comparisons, no event is
/// returned. Each comparison returns removed messages first, then changed flags, then new messages.
/// </para>
/// <para>
/// With QRESYNC or CONDSTORE the cost of a watch does not depend on the number of messages. Without both, the cmdlet fetches the flags of
/// all messages of the folder whenever a flag changes, and after each reconnect. If you do not need FlagsChanged, use -Event without it.
/// </para>
/// <para>
/// You can pipe events to every cmdlet that takes messages. It works on each message as soon as the event arrives.
/// </para>
/// <para>
/// If the UIDVALIDITY of a folder changes, or a folder is deleted, this is an error and the watch of the folder ends. The watch of the
/// other folders continues.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, AuthenticationFailed, CommandRejected, ProtocolError, Timeout.
/// </notes>
/// <example>
/// <code>Watch-ImapFolder | Where-Object Kind -eq Arrived | Get-ImapMessageContent | ForEach-Object { $_.Subject; $_.Codes }</code>
/// <para>Reads each message as soon as it arrives in the INBOX.</para>
/// </example>
/// <example>
/// <code>Watch-ImapFolder INBOX | Where-Object Kind -eq Arrived | Move-ImapMessage Done</code>
/// <para>Moves each message as soon as it arrives.</para>
/// </example>
/// <example>
/// <code>Watch-ImapFolder Orders, Returns -Event Arrived | Where-Object { $_.Message.From.Address -like '*@partner.example' } |
///     Move-ImapMessage Partners -CreateFolder</code>
/// <para>Sorts messages as they arrive.</para>
/// </example>
/// <example>
/// <code>if (-not (Test-Path mark.xml)) { Get-ImapFolder INBOX | Export-Clixml mark.xml }
/// $mark = Import-Clixml mark.xml
/// $next = Get-ImapFolder INBOX
/// Watch-ImapFolder -After $mark -TimeoutSeconds 0 | Export-Csv audit.csv -Append
/// $next | Export-Clixml mark.xml</code>
/// <para>Logs, in a scheduled script, what happened since its last run. The next mark is read before the watch, so no event is lost between
/// two runs.</para>
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
    /// Specifies how often to ask the server, in seconds, from 1 to 3,600. By default a server is asked after 3 seconds and then less and
    /// less often, up to every 30 seconds, until it was seen to report by itself.
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

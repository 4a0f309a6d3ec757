using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Changing;
using ImapPS.Pipeline.Files;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Brings folders of another account to the state of those of a session.</summary>
/// <remarks>
/// <para>
/// The synchronization goes one way: the source is only read. Missing folders are created, missing messages are copied, and flags and
/// keywords are added and removed until the destination has those of the source. If you run the cmdlet again, it does only what has changed
/// since. After an interruption it continues. No message is copied twice.
/// </para>
/// <para>
/// INBOX goes to INBOX. A folder with a role, such as \Sent, goes to the folder with that role in the destination, whatever its name. If
/// several have the role, those of the same name go together. All others keep their names, written with the delimiter and below the prefix
/// of the other server. Folders below a folder follow it. -Map takes precedence. Shared folders of the destination, and those of other
/// users, receive messages only if -Map names them. If two folders would have the same destination, the cmdlet ends with an error before
/// it changes anything. Folders that only the destination has are not touched. A folder is subscribed to if the source is.
/// </para>
/// <para>
/// Messages are matched by the UIDs in the file of -StatePath, then by Message-ID and size. Where these are missing or not unique, a digest
/// of the octets decides, for which the messages are downloaded on both sides. If the source has a message twice, the destination has it
/// twice as well. If the server of the destination changes messages, or reports sizes that are estimates, the Message-ID together with the
/// time of receipt identifies a message. Without a Message-ID it is the time of receipt with Date, From and Subject. With -StatePath a
/// folder that is the same on both sides, and in which nothing has changed, takes no command, if both servers support CONDSTORE (RFC 7162).
/// </para>
/// <para>
/// The copies are the same octet for octet and have the same time of receipt. The time of a message that the destination has already cannot
/// be changed. Flags and keywords that the destination does not keep are named in a warning. The flag \Deleted is copied like any other.
/// </para>
/// <para>
/// With -RemoveExtra messages that are not in the source are expunged from the destination, after everything else is done. The cmdlet asks
/// for confirmation for each folder. The default answer is No. -Force and -Confirm:$false suppress the question. In a folder that could not
/// be read completely, or where a copy failed, nothing is removed, and in other folders nothing that is like a message that could not be
/// copied. If a folder of the source is empty and its counterpart is not, nothing is removed there without -MaxPercent 100. The server of
/// the destination must support UIDPLUS (RFC 4315).
/// </para>
/// <para>
/// The cmdlet returns an object for each folder: the counts and sizes on both sides, what was done, and in Differences the messages that
/// differ. IsEqual is true if there are none. Messages that only the destination has are differences too. With -WhatIf the cmdlet returns
/// what would be done instead, and changes nothing.
/// </para>
/// <para>
/// If a message cannot be copied, the error names it and the others continue. After such an error $? is false, and pwsh -Command ends with
/// exit code 1 if the cmdlet was the last command. A full mailbox (OVERQUOTA) ends the cmdlet. A server that asks the client to wait
/// ([UNAVAILABLE], [LIMIT], [THROTTLED]) is waited for, as often as -RetryCount of Connect-Imap allows. Do not run two synchronizations of
/// the same folders at the same time: both would copy what is missing.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, OutcomeUnknown, LimitExceeded, ConfirmationRequired,
/// NotSupportedByServer, PermissionDenied, QuotaExceeded, CommandRejected, MessageInvalid, MessageTooLarge, FileNotSaved, DiskFull,
/// ArgumentInvalid, FileNotRead, JournalNotWritten, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>$new = Connect-Imap mail.example.net -Credential alice -Name new
/// Connect-Imap mail.example.org -Credential alice
/// Sync-ImapFolder -ToSession $new -WhatIf</code>
/// <para>Shows what a migration of the whole account would do.</para>
/// </example>
/// <example>
/// <code>$new = Connect-Imap mail.example.net -Credential alice -Name new
/// Connect-Imap mail.example.org -Credential alice
/// Sync-ImapFolder -ToSession $new -StatePath ./alice.jsonl | Where-Object IsEqual -EQ $false</code>
/// <para>Migrates all folders, and returns those that are not the same. Run it again until the users move.</para>
/// </example>
/// <example>
/// <code>$new = Connect-Imap mail.example.net -Credential alice -Name new
/// Connect-Imap mail.example.org -Credential alice
/// Sync-ImapFolder INBOX, Projects/* -ToSession $new -Map @{ 'Projects' = 'Archive/Projects' } -RemoveExtra -MaxPercent 10</code>
/// <para>Synchronizes some folders to another place. Removes what the source no longer has, up to a tenth of a folder.</para>
/// </example>
/// <example>
/// <code>$new = Connect-Imap mail.example.net -Credential alice -Name new
/// Connect-Imap mail.example.org -Credential alice
/// Sync-ImapFolder -ToSession $new | ForEach-Object Differences | Export-Csv ./differences.csv</code>
/// <para>Writes a list of the messages that differ.</para>
/// </example>
/// <example>
/// <code>$new = Connect-Imap mail.example.net -Credential alice -Name new
/// Connect-Imap mail.example.org -Credential alice
/// Sync-ImapFolder -ToSession $new -MaxMessagesPerSecond 5 -MaxBytesPerSecond 1MB</code>
/// <para>Copies slowly, for a server that throttles.</para>
/// </example>
[Cmdlet(VerbsData.Sync, "ImapFolder", SupportsShouldProcess = true, DefaultParameterSetName = "Path",
    HelpUri = HelpPages.Reference + "Sync-ImapFolder.md")]
[OutputType(typeof(ImapSyncResult), typeof(ImapSyncAction))]
public sealed class SyncImapFolderCommand : FolderChangeCmdlet
{
    private static readonly FolderPath _everything = new("*");

    private readonly List<FolderPath> _asked = [];
    private SessionConnection? _source;
    private bool _wantsAll;

    /// <summary>
    /// Specifies the folders: paths, which may contain wildcards, or folder objects. A folder object is read only if it is still the same
    /// folder, by its UIDVALIDITY. The default is all folders of the user that can hold messages.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Path { get; set; } = [];

    /// <summary>Specifies the paths of the folders. No character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [ValidateNotNullOrEmpty]
    [FolderTransformation(Literal = true)]
    [Alias("PSPath", "LP")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] LiteralPath { get; set; } = [];

    /// <summary>Specifies the session of the destination: the object, its id or its name.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNull]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public SessionReference? ToSession { get; set; }

    /// <summary>
    /// Specifies destinations by path: the keys are paths of the source, the values paths of the destination. No character is a wildcard.
    /// Folders below a key follow it, except those below INBOX. A value without the prefix of the server (INBOX.) is below it.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Map { get; set; } = [];

    /// <summary>Indicates that messages that are not in the source are expunged from the destination.</summary>
    [Parameter]
    public SwitchParameter RemoveExtra { get; set; }

    /// <summary>
    /// Specifies the highest number of messages that -RemoveExtra removes, in all folders together. If there are more, none is removed, and
    /// the error is LimitExceeded. Copies are not limited.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxMessages { get; set; }

    /// <summary>
    /// Specifies the highest share of the messages of each folder of the destination that -RemoveExtra removes, in percent. If it is more
    /// in one folder, none is removed in any, and the error is LimitExceeded. 100 permits that a folder is emptied because the source is
    /// empty.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int MaxPercent { get; set; }

    /// <summary>
    /// Specifies how many octets are copied in a second at the most. A larger message is copied at once, and then waited for.
    /// </summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxBytesPerSecond { get; set; }

    /// <summary>Specifies how many messages are copied in a second at the most. It may be less than 1, such as 0.5.</summary>
    [Parameter]
    [ValidateRange(0.001, 1_000_000)]
    public double MaxMessagesPerSecond { get; set; }

    /// <summary>
    /// Specifies a file in which the cmdlet records which message is which, as lines of JSON. The file is created if it is missing, and
    /// grows. It may be used for several accounts, but not by two runs at the same time. If it is lost, messages are matched as without it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>Indicates that the cmdlet does not ask for confirmation. With -Confirm it asks all the same.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        List<FolderPath> given = [.. Path, .. LiteralPath];
        if (given.Count == 0) given.Add(_everything);

        foreach ((FolderPath folder, SessionConnection session) in Accepted(given, all: _everything))
        {
            _source ??= session;
            if (_source != session) Throw(Failures.SeveralSources());
            if (ReferenceEquals(folder, _everything)) _wantsAll = true;
            else _asked.Add(folder);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_source is not null)
        {
            try
            {
                new FolderSyncRun(this, Consent, _source, SessionStore.Find(ToSession!), Options()).Go(_wantsAll ? null : _asked);
            }
            catch (ImapException wrong)
            {
                Throw(wrong);
            }
        }

        base.EndProcessing();
    }

    private FolderSyncOptions Options() => new()
    {
        Map = Paths(),
        RemoveExtra = RemoveExtra,
        Force = Force,
        MaxMessages = MaxMessages,
        MaxPercent = MaxPercent,
        MaxBytesPerSecond = MaxBytesPerSecond,
        MaxMessagesPerSecond = MaxMessagesPerSecond,
        StatePath = StatePath is null ? null : FilePaths.Literal(SessionState, StatePath),
    };

    private Dictionary<string, string> Paths()
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Map)
        {
            // A path and the folder that has it are two keys of a hashtable.
            string key = Text(entry.Key, entry.Key);
            if (paths.ContainsKey(key)) throw Failures.MapInvalid(entry.Key);
            paths[key] = Text(entry.Value, entry.Key);
        }

        return paths;
    }

    /// <summary>A path, or the folder that has it.</summary>
    private static string Text(object? value, object key) => Wrapped.Unwrap(value ?? string.Empty) switch
    {
        string { Length: > 0 } path => path,
        ImapFolder folder => folder.Path,
        _ => throw Failures.MapInvalid(key),
    };
}

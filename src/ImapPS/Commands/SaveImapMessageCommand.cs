using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Files;
using ImapPS.Reading;
using ImapPS.Sessions;
using ImapPS.Transfers;

namespace ImapPS.Commands;

/// <summary>Saves whole messages to files: as .eml, in an mbox, or as a Maildir.</summary>
/// <remarks>
/// <para>
/// The cmdlet gathers messages from the pipeline and downloads them in few commands, 500 messages or 25 MB at a time, directly to the disk.
/// Memory use does not grow with their number or their size. A file is written under a temporary name and renamed when it is complete, so
/// an interruption leaves no incomplete file. If the connection is lost, it is opened again, and the cmdlet continues with the first
/// message that is not saved. Nothing in the mailbox is changed. \Seen stays as it is.
/// </para>
/// <para>
/// Eml writes one file for each message, byte for byte as on the server. Mbox writes one file for all messages (RFC 4155, quoted as
/// mboxrd). Maildir writes a directory with the flags in the names of the files. Mbox and Maildir have Unix line ends and lose the
/// keywords. Mbox loses the flags as well. An existing mbox is never appended to.
/// </para>
/// <para>
/// If -Path is a directory, ends in a slash or does not end in .eml, the messages are saved in that directory. It is created if it is
/// missing. -NameTemplate makes the names of the files. If -Path ends in .eml, it is the file for one message. The time of a file is the
/// time at which the server received the message.
/// </para>
/// <para>
/// File names are safe on every system. Characters that have a meaning in a file system become _. Control characters, and characters that
/// hide or reverse text, are removed. Names of devices and names of hidden files are prevented. Long names are cut. Names that are equal,
/// or differ only in case, get a number.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound, UidValidityChanged, FileExists, FileNotSaved, DiskFull,
/// ArgumentInvalid, CommandRejected, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Get-ImapMessage INBOX -From billing@ | Save-ImapMessage ./receipts</code>
/// <para>Saves each message as a file such as "2026-03-02 093000 Receipt 4711.eml".</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder * | Get-ImapMessage |
///     Save-ImapMessage ./mail -NameTemplate '{Folder}/{Received:yyyy-MM}/{Uid:D8} {Subject}' -NoClobber -Parallel 4</code>
/// <para>Saves the whole mailbox over four connections, with a directory for each folder and month. A message whose file exists is not
/// downloaded again. It is the error FileExists.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage Lists/dotnet | Save-ImapMessage ./dotnet.mbox -PassThru</code>
/// <para>Saves a folder as one file, and returns that file.</para>
/// </example>
[Cmdlet(VerbsData.Save, "ImapMessage", SupportsShouldProcess = true, HelpUri = HelpPages.Reference + "Save-ImapMessage.md")]
[OutputType(typeof(FileInfo))]
public sealed class SaveImapMessageCommand : FileSaveCmdlet
{
    private readonly Dictionary<int, DownloadConnections> _connections = [];
    private MessageStore? _store;
    private bool _isOneFile;
    private long _admitted;

    /// <summary>
    /// Specifies the format. Eml writes a file for each message. Mbox writes one file for all messages. Maildir writes a directory as mail
    /// servers and clients use it. The default is Mbox if the path ends in .mbox and is not a directory, otherwise Eml.
    /// </summary>
    [Parameter]
    public ImapMessageFormat Format { get; set; }

    /// <summary>
    /// Specifies the names of .eml files. The text may contain {Received}, {Date}, {Uid}, {Subject}, {From}, {MessageId} and {Folder}.
    /// Times are local. Times and the UID may have a format, such as {Received:yyyy-MM} or {Uid:D8}. A slash separates directories. The
    /// extension .eml is added, unless the text ends with it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Value = Files.NameTemplate.Default)]
    [ArgumentCompleter(typeof(NameTemplateCompleter))]
    public string NameTemplate { get; set; } = Files.NameTemplate.Default;

    /// <summary>
    /// Specifies the number of connections to download over, from 1 to 8. More connections help if the network delay is long, or if the
    /// server is slow for each connection. If the server refuses some connections, the others do the work. An Mbox uses one connection.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 8)]
    [PSDefaultValue(Value = 1)]
    public int Parallel { get; set; } = 1;

    private protected override TransferMeter Meter { get; } = new("message");

    private protected override MessageParts Parts => MessageSaver.Needs(_store!);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Meter.Expect(Message.Length, Message.Sum(message => message.Size));
        base.ProcessRecord();
    }

    private protected override void Prepare()
    {
        bool isDirectory = EndsInSeparator(Path) || Directory.Exists(FullPath);
        ImapMessageFormat format = IsGiven(nameof(Format)) || isDirectory
            || !FullPath.EndsWith(MboxStore.Extension, StringComparison.OrdinalIgnoreCase) ? Format : ImapMessageFormat.Mbox;
        if (SkipExisting && format != ImapMessageFormat.Eml)
        {
            throw Failures.ArgumentInvalid("-SkipExisting works only with .eml files. Other formats do not show which messages they hold.",
                "Leave it out, or use -Format Eml.");
        }

        if (format != ImapMessageFormat.Eml && IsGiven(nameof(NameTemplate)))
        {
            throw Failures.ArgumentInvalid("-NameTemplate works only with .eml files. The other formats have their own names.",
                "Leave it out, or use -Format Eml.");
        }

        switch (format)
        {
            case ImapMessageFormat.Mbox when isDirectory:
                throw Failures.ArgumentInvalid($"An Mbox is a file, but '{Path}' is a directory.", "Give the path of a file.", Path);

            case ImapMessageFormat.Mbox:
                _store = new MboxStore(FullPath, Force);
                break;

            case ImapMessageFormat.Eml when !isDirectory && FullPath.EndsWith(EmlStore.Extension, StringComparison.OrdinalIgnoreCase):
                _isOneFile = true;
                _store = EmlStore.InFile(FullPath, Existing);
                break;

            case var _ when File.Exists(FullPath):
                throw Failures.ArgumentInvalid($"'{Path}' is a file, but the messages are saved in a directory.",
                    "Give another path, or one that ends in .eml for a single message.", Path);

            case ImapMessageFormat.Maildir:
                _store = new MaildirStore(FullPath);
                break;

            default:
                _store = EmlStore.InDirectory(FullPath, new NameTemplate(NameTemplate), Existing);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        try
        {
            if (_store!.Complete() is { } file && PassThru) WriteObject(FileItem.Of(file, this));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            Throw(Failures.FileNotSaved(FullPath, failed));
        }

        foreach (DownloadConnections open in _connections.Values) Run((_, cancellationToken) => open.CloseAsync(cancellationToken));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (DownloadConnections open in _connections.Values) open.Dispose();
            _store?.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected override bool Admit(ImapMessage message, SessionConnection session) =>
        _isOneFile && ++_admitted > 1
            ? throw Failures.ArgumentInvalid($"'{Path}' is one file, and more than one message arrived. Nothing was saved.",
                "Give the path of a directory.", Path)
            : base.Admit(message, session);

    private protected override bool IsFull(MessageBatch batch, ImapMessage next) =>
        batch.Count >= MessageDownloader.MostMessages * Parallel || batch.Bytes + next.Size > MessageDownloader.MostBytes * Parallel;

    private protected override async Task<SaveResult> SaveAsync(MessageBatch batch, SessionConnection session,
        PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (!_connections.TryGetValue(session.Handle.Id, out DownloadConnections? open))
        {
            _connections[session.Handle.Id] = open = new DownloadConnections(session, _store!.TakesSeveral ? Parallel : 1);
        }

        IReadOnlyList<MailboxAccess> connections = await open
            .TakeAsync(batch.Messages.Select(message => new MessageSize(message.Uid, message.Size)), writer, cancellationToken)
            .ConfigureAwait(false);
        return await new MessageSaver(_store!, Meter).SaveAsync(batch, connections, cancellationToken).ConfigureAwait(false);
    }

    private static bool EndsInSeparator(string path) =>
        path.Length > 0 && (path[path.Length - 1] == System.IO.Path.DirectorySeparatorChar
            || path[path.Length - 1] == System.IO.Path.AltDirectorySeparatorChar);
}

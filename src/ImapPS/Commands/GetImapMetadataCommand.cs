using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Administration;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Gets metadata of folders, or of the server.</summary>
/// <remarks>
/// <para>
/// Metadata is a set of named entries that a server keeps for a folder or for itself (METADATA, RFC 5464). Only the user sees the entries
/// below /private. All users who have the rights see the entries below /shared. Without -Folder the cmdlet returns entries of the server.
/// </para>
/// <para>
/// By default all entries are returned. With -Entry only these entries are returned, unless -Depth includes those below. An entry that is
/// not set returns nothing. Some servers, such as Dovecot, tell of their own entries only those that are named. The cmdlet names those of
/// RFC 5464. Give -Entry to get others.
/// </para>
/// <para>
/// Value is text. If a value is not text in UTF-8, Value is Base64, and IsText is false. The method GetBytes returns the octets.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, NotSupportedByServer, FolderNotFound, for a path without wildcards; LimitExceeded, for an entry that
/// is longer than -MaxSize; PermissionDenied, CommandRejected, ArgumentInvalid, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Get-ImapMetadata INBOX -Entry /private/comment, /shared/comment</code>
/// <para>Gets the comments on the INBOX.</para>
/// </example>
/// <example>
/// <code>Get-ImapMetadata -Entry /shared/admin</code>
/// <para>Gets the address of the administrator, if the server has it.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder | Get-ImapMetadata | Export-Csv metadata.csv</code>
/// <para>Saves the metadata of all folders.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ImapMetadata", HelpUri = HelpPages.Reference + "Get-ImapMetadata.md")]
[OutputType(typeof(ImapMetadata))]
public sealed class GetImapMetadataCommand : FolderCmdlet
{
    private static readonly FolderPath _server = new(string.Empty);

    private MetadataCheck? _check;

    /// <summary>
    /// Specifies the folders: paths, which may contain wildcards, or folder objects. Without it the entries of the server are returned.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Path")]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [];

    /// <summary>Specifies the entries. They begin with /private or /shared. The default is all entries.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EntryCompleter))]
    public string[] Entry { get; set; } = [];

    /// <summary>
    /// Specifies whether the entries below are returned as well: Zero for none, One for those directly below, Infinity for all. The default
    /// is Zero with -Entry, and Infinity without it.
    /// </summary>
    [Parameter]
    public ImapMetadataDepth Depth { get; set; }

    /// <summary>
    /// Specifies the size of the longest value that is returned, in octets. If the server leaves out longer values, an error says how long
    /// they are. The default is 1 MB, and the highest value is 16 MB.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 16 * 1024 * 1024)]
    public int MaxSize { get; set; } = 1024 * 1024;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            foreach (string entry in Entry) MetadataEntries.Check(entry, isRead: true);
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _check ??= new MetadataCheck(this);
        FolderPath[] asked = Folder.Length > 0 ? Folder : [_server];
        foreach ((FolderPath folder, SessionConnection session) in Accepted(asked, all: _server))
        {
            bool ofServer = folder.Path.Length == 0;
            if (!_check.Passes(session, ofServer)) continue;

            Run((writer, cancellationToken) => writer.ForItemAsync(folder.Path,
                () => WriteAllAsync(folder, ofServer, new MailboxAccess(session, writer), writer, cancellationToken), cancellationToken));
        }
    }

    private async Task WriteAllAsync(FolderPath folder, bool ofServer, MailboxAccess mailbox, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<string> paths = ofServer ? [string.Empty]
            : await FolderExpansion.ExpandAsync(folder, mailbox, cancellationToken).ConfigureAwait(false);
        foreach (string path in paths)
        {
            await writer.ForItemAsync(path, () => WriteAsync(path, mailbox, writer, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(string path, MailboxAccess mailbox, PipelineWriter writer, CancellationToken cancellationToken)
    {
        bool all = Entry.Length == 0;
        string[] entries = !all ? Entry : path.Length == 0 ? MetadataEntries.OfServer : MetadataEntries.Roots;
        ImapMetadataDepth depth = IsGiven(nameof(Depth)) ? Depth : all ? ImapMetadataDepth.Infinity : ImapMetadataDepth.Zero;
        (IReadOnlyList<ImapMetadata> found, long? longest) = await new MetadataAccess(mailbox)
            .GetAsync(path, entries, depth, MaxSize, cancellationToken).ConfigureAwait(false);
        foreach (ImapMetadata one in found) await writer.WriteObjectAsync(one, cancellationToken).ConfigureAwait(false);

        if (longest is { } octets) throw Failures.MetadataTooLong(octets, MaxSize);
    }
}

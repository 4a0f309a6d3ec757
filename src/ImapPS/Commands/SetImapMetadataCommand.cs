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
using ImapPS.Pipeline.Changing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Sets or removes entries of the metadata of folders, or of the server.</summary>
/// <remarks>
/// <para>
/// Only the user sees the entries below /private. All users who have the rights see the entries below /shared (METADATA, RFC 5464). Without
/// -Folder the entry of the server is set. Most servers allow this to administrators only.
/// </para>
/// <para>
/// A value is text, which is stored in UTF-8, or an array of bytes. An array of text, as Get-Content returns it, is stored as lines: CR LF
/// stands between them. Numbers and times are stored as text that is the same in every culture. $null removes the entry. Anything else is
/// refused.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, NotSupportedByServer, FolderNotFound, for a path without wildcards; PermissionDenied, QuotaExceeded,
/// CommandRejected, ArgumentInvalid, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Set-ImapMetadata Archive -Entry /shared/comment -Value 'Ask Alice before you remove anything.'</code>
/// <para>Sets a comment that all users of the folder see.</para>
/// </example>
/// <example>
/// <code>Get-ImapMetadata Archive -Entry /shared/comment | Set-ImapMetadata Reports</code>
/// <para>Copies a comment to another folder.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Lists/* | Set-ImapMetadata -Entry /private/comment -Value $null</code>
/// <para>Removes the user's comments from the folders below Lists.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ImapMetadata", SupportsShouldProcess = true, DefaultParameterSetName = "Metadata",
    HelpUri = HelpPages.Reference + "Set-ImapMetadata.md")]
[OutputType(typeof(ImapMetadata))]
public sealed class SetImapMetadataCommand : FolderChangeCmdlet
{
    private static readonly FolderPath _server = new(string.Empty);

    private MetadataCheck? _check;

    /// <summary>
    /// Specifies the folders: paths, which may contain wildcards, or folder objects. Without it the entry of the server is set. For
    /// entries from the pipeline the default is the folder of each entry.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Entry")]
    [Parameter(Position = 0, ParameterSetName = "Metadata")]
    [ValidateNotNullOrEmpty]
    [Alias("Path")]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [];

    /// <summary>Specifies the entry. It begins with /private/ or /shared/.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Entry")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EntryCompleter))]
    public string Entry { get; set; } = string.Empty;

    /// <summary>Specifies the value: text, lines of text, a number, a time, or an array of bytes. $null removes the entry.</summary>
    [Parameter(Position = 2, ParameterSetName = "Entry")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public object? Value { get; set; }

    /// <summary>Specifies an entry with its value, as Get-ImapMetadata emits it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Metadata")]
    [MetadataTransformation]
    public ImapMetadata? InputObject { get; set; }

    /// <summary>Indicates that the cmdlet returns the entry as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ParameterSetName != "Entry") return;

        if (!IsGiven(nameof(Value))) Throw(Failures.MetadataValueMissing(Entry));
        CheckEntry();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _check ??= new MetadataCheck(this);
        FolderPath own = _server;
        byte[]? octets;
        if (InputObject is { } metadata && ParameterSetName == "Metadata")
        {
            own = new FolderPath(metadata.Folder, metadata.SessionId > 0 ? metadata.SessionId : null, uidValidity: null);
            Entry = metadata.Entry;
            CheckEntry();
            octets = metadata.GetBytes();
        }
        else
        {
            octets = OctetsOrThrow();
        }

        foreach ((FolderPath folder, SessionConnection session) in Accepted(Folder.Length > 0 ? Folder : [own], all: _server))
        {
            bool ofServer = folder.Path.Length == 0;
            if (!_check.Passes(session, ofServer)) continue;

            IReadOnlyList<string> paths = [string.Empty];
            bool isKnown = ofServer || this.RunFor(folder.Path, session, async (mailbox, _, cancellationToken) =>
                paths = await FolderExpansion.ExpandAsync(folder, mailbox, cancellationToken).ConfigureAwait(false));
            if (isKnown) Set(paths, session, octets);
        }
    }

    private void Set(IReadOnlyList<string> paths, SessionConnection session, byte[]? octets)
    {
        string action = octets is null
            ? $"Remove the entry {Entry}"
            : $"Set the entry {Entry} to {DisplayText.Count(octets.Length, "octet")}";
        foreach (string path in paths)
        {
            string target = path.Length == 0 ? $"the server {session.Handle.Server}" : path;
            if (Consent.IsWhatIf && path.Length > 0 && !this.RunFor(path, session, (mailbox, _, cancellationToken) =>
                new MetadataAccess(mailbox).CheckAsync(path, cancellationToken)))
            {
                continue;
            }

            if (ShouldProcess(target, action))
            {
                this.RunFor(path, session, (mailbox, writer, cancellationToken) =>
                    SetAsync(path, octets, mailbox, writer, cancellationToken));
            }
        }
    }

    private void CheckEntry()
    {
        try
        {
            MetadataEntries.Check(Entry, isRead: false);
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }

    private byte[]? OctetsOrThrow() => OrThrow(() => MetadataValue.Octets(Value));

    private async Task SetAsync(string path, byte[]? octets, MailboxAccess mailbox, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        var access = new MetadataAccess(mailbox);
        await access.SetAsync(path, Entry, octets, cancellationToken).ConfigureAwait(false);
        if (!PassThru || octets is null) return;

        (IReadOnlyList<ImapMetadata> found, _) = await access
            .GetAsync(path, [Entry], ImapMetadataDepth.Zero, int.MaxValue, cancellationToken).ConfigureAwait(false);
        foreach (ImapMetadata one in found) await writer.WriteObjectAsync(one, cancellationToken).ConfigureAwait(false);
    }
}

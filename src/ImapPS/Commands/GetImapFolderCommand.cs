using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Administration;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Gets folders (mailboxes, in the RFC's terms) with their counts and sizes.</summary>
/// <remarks>
/// <para>
/// If the server supports LIST-STATUS (RFC 5819), one LIST command returns everything. Otherwise each folder needs a STATUS command.
/// -NoStatus saves these commands. Size is null if the server does not report it (STATUS=SIZE, RFC 8438). If the counts of a folder cannot
/// be read, an error names the folder, and it is returned without counts.
/// </para>
/// <para>
/// Paths are Unicode and contain the server's own hierarchy delimiter. The same folder may be Archive/2025 on one server and Archive.2025
/// on another. The property Delimiter shows the delimiter. A wildcard also matches the delimiter and ignores case. Lists* matches the
/// folder Lists and all folders below it.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, for a path without wildcards, CommandRejected, PermissionDenied and ProtocolError,
/// for a folder whose counts cannot be read, ServerBusy.
/// </notes>
/// <example>
/// <code>Get-ImapFolder</code>
/// <para>Gets all folders.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Lists/* | Sort-Object Size -Descending | Select-Object -First 10</code>
/// <para>Gets the ten largest folders below Lists.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder -Namespace Others, Shared</code>
/// <para>Gets the folders that other users share with the user.</para>
/// </example>
/// <example>
/// <code>(Get-ImapFolder -SpecialUse Trash).Path</code>
/// <para>Returns the path of the folder for deleted messages on this server.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ImapFolder", DefaultParameterSetName = "Path", HelpUri = HelpPages.Reference + "Get-ImapFolder.md")]
[OutputType(typeof(ImapFolder))]
public sealed class GetImapFolderCommand : FolderCmdlet
{
    private static readonly FolderPath _everything = new("*");

    private readonly Dictionary<SessionConnection, IReadOnlyList<ImapNamespace>> _namespaces = [];

    /// <summary>Specifies the paths. They may contain wildcards. The default is all folders.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Path { get; set; } = [];

    /// <summary>Specifies the paths. No character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [ValidateNotNullOrEmpty]
    [FolderTransformation(Literal = true)]
    [Alias("PSPath", "LP")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] LiteralPath { get; set; } = [];

    /// <summary>Specifies the role of the folder to return (RFC 6154).</summary>
    [Parameter]
    public ImapSpecialUse SpecialUse { get; set; }

    /// <summary>
    /// Specifies the kinds of the folders to return: Personal, Others or Shared (RFC 2342). Where the server tells no namespaces, all
    /// folders are Personal. The default is all kinds.
    /// </summary>
    [Parameter]
    public ImapNamespaceKind[] Namespace { get; set; } = [];

    /// <summary>Indicates that only folders to which the user is subscribed are returned.</summary>
    [Parameter]
    public SwitchParameter Subscribed { get; set; }

    /// <summary>Indicates that the server is not asked for counts and sizes.</summary>
    [Parameter]
    public SwitchParameter NoStatus { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        List<FolderPath> asked = [.. Path, .. LiteralPath];
        if (asked.Count == 0) asked.Add(_everything);

        foreach ((FolderPath path, SessionConnection session) in Accepted(asked, all: _everything))
        {
            Run((writer, cancellationToken) =>
                writer.ForItemAsync(path.Path, () => WriteAsync(path, session, writer, cancellationToken), cancellationToken));
        }
    }

    private async Task WriteAsync(FolderPath path, SessionConnection session, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var mailbox = new MailboxAccess(session, writer);
        var reader = new FolderReader(mailbox);
        Predicate<string> isOfKind = await KindsAsync(mailbox, cancellationToken).ConfigureAwait(false);
        if (FolderExpansion.Plain(path) is { } plain)
        {
            ImapFolder one = await reader.ReadAsync(plain, !NoStatus, cancellationToken).ConfigureAwait(false);
            if (isOfKind(one.Path)) await WriteIfWantedAsync(one, writer, cancellationToken).ConfigureAwait(false);
            return;
        }

        bool everything = path.Path == "*";
        Predicate<string> isMatch = everything ? _ => true : Wildcard.Path(path.Path);
        bool found = false;
        IReadOnlyList<ImapFolder> matching = await reader
            .ListAsync(name => isMatch(name) && isOfKind(name), Subscribed, !NoStatus, cancellationToken).ConfigureAwait(false);
        foreach (ImapFolder folder in FolderExpansion.Match(path.Path, matching))
        {
            found |= await WriteIfWantedAsync(folder, writer, cancellationToken).ConfigureAwait(false);
        }

        // A role asked for by name is a plain name, not a wildcard.
        if (!found && everything && SpecialUse != ImapSpecialUse.None) throw Failures.NoFolderWithRole(SpecialUse);
    }

    /// <summary>Tells folders of the kinds that are asked for.</summary>
    private async Task<Predicate<string>> KindsAsync(MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        if (Namespace.Length == 0) return _ => true;

        if (!_namespaces.TryGetValue(mailbox.Session, out IReadOnlyList<ImapNamespace>? known))
        {
            try
            {
                known = await NamespaceReader.ReadAsync(mailbox, cancellationToken).ConfigureAwait(false);
            }
            catch (ImapException none) when (none.Id == ImapErrorId.NotSupportedByServer)
            {
                known = [];
            }

            _namespaces[mailbox.Session] = known;
        }

        return path => Array.IndexOf(Namespace, NamespaceReader.KindOf(path, known)) >= 0;
    }

    private async Task<bool> WriteIfWantedAsync(ImapFolder folder, PipelineWriter writer, CancellationToken cancellationToken)
    {
        if ((SpecialUse != ImapSpecialUse.None && folder.SpecialUse != SpecialUse) || (Subscribed && !folder.Subscribed)) return false;

        await writer.WriteObjectAsync(folder, cancellationToken).ConfigureAwait(false);
        return true;
    }
}

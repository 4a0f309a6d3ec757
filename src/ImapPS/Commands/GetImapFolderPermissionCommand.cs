using System;
using System.Collections.Generic;
using System.Linq;
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

/// <summary>Gets who has which rights to folders.</summary>
/// <remarks>
/// <para>
/// Each folder has an access list (ACL, RFC 4314). The cmdlet returns an object for each entry. An identifier that begins with - denies
/// rights. Servers show the list only to users who may administer the folder. -Mine shows everybody their own rights.
/// </para>
/// <para>
/// Rights has the names of the rights, and Letters the letters on the server. Servers also report the obsolete rights Create (c) and Delete
/// (d) beside the rights that replace them. Rights that only the server knows are among the letters.
/// </para>
/// <para>Pipe the objects into Set-ImapFolderPermission to copy an access list to another folder or server.</para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, NotSupportedByServer, FolderNotFound, for a path without wildcards; PermissionDenied,
/// CommandRejected, ArgumentInvalid, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Get-ImapFolderPermission INBOX</code>
/// <para>Gets the access list of the INBOX.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder -Namespace Others, Shared | Get-ImapFolderPermission -Mine</code>
/// <para>Gets the rights of the user to the folders that others share.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder | Get-ImapFolderPermission | Where-Object Identifier -eq anyone</code>
/// <para>Finds folders that everybody has rights to.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ImapFolderPermission", DefaultParameterSetName = "List",
    HelpUri = HelpPages.Reference + "Get-ImapFolderPermission.md")]
[OutputType(typeof(ImapFolderPermission))]
public sealed class GetImapFolderPermissionCommand : FolderCmdlet
{
    private static readonly FolderPath _inbox = new("INBOX");

    /// <summary>Specifies the folders: paths, which may contain wildcards, or folder objects. The default is INBOX.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Path")]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [];

    /// <summary>
    /// Specifies whose rights are returned: user names, or other identifiers. They may contain the wildcards * and ?, except with
    /// -Possible. The default is all entries.
    /// </summary>
    [Parameter(Position = 1, ParameterSetName = "List")]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Possible")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdentifierCompleter))]
    public string[] Identifier { get; set; } = [];

    /// <summary>Indicates that the rights of the user who is logged in are returned.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Mine")]
    public SwitchParameter Mine { get; set; }

    /// <summary>Indicates that the rights are returned that the identifiers can have, and not those that they do have.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Possible")]
    public SwitchParameter Possible { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        FolderPath[] asked = Folder.Length > 0 ? Folder : [_inbox];
        foreach ((FolderPath folder, SessionConnection session) in Accepted(asked, all: _inbox)
            .Offering(this, PermissionAccess.Capability, Failures.NoAccessLists))
        {
            Run((writer, cancellationToken) => writer.ForItemAsync(folder.Path,
                () => WriteAsync(folder, new MailboxAccess(session, writer), writer, cancellationToken), cancellationToken));
        }
    }

    private async Task WriteAsync(FolderPath folder, MailboxAccess mailbox, PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (string path in await FolderExpansion.ExpandAsync(folder, mailbox, cancellationToken).ConfigureAwait(false))
        {
            await writer.ForItemAsync(
                path,
                async () =>
                {
                    foreach (ImapFolderPermission permission in await ReadAsync(path, new PermissionAccess(mailbox), cancellationToken)
                        .ConfigureAwait(false))
                    {
                        await writer.WriteObjectAsync(permission, cancellationToken).ConfigureAwait(false);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IEnumerable<ImapFolderPermission>> ReadAsync(string path, PermissionAccess access,
        CancellationToken cancellationToken)
    {
        if (Mine) return [await access.MineAsync(path, cancellationToken).ConfigureAwait(false)];

        if (!Possible)
        {
            Predicate<string> isWanted = Wildcard.AnyOf(Identifier) ?? (_ => true);
            return (await access.ListAsync(path, cancellationToken).ConfigureAwait(false)).Where(one => isWanted(one.Identifier));
        }

        var possible = new List<ImapFolderPermission>();
        foreach (string identifier in Identifier)
        {
            possible.Add(await access.PossibleAsync(path, identifier, cancellationToken).ConfigureAwait(false));
        }

        return possible;
    }
}

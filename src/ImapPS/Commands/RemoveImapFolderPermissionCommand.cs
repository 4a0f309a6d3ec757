using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Administration;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Changing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Removes entries from the access lists of folders.</summary>
/// <remarks>
/// <para>
/// An identifier without an entry has the rights that the server gives by default, for example those of anyone. Set-ImapFolderPermission
/// -Rights None keeps the entry, without rights.
/// </para>
/// <para>
/// Upper and lower case are the same, unless there is an entry of exactly that name. An identifier without an entry is the error
/// PermissionNotFound. With -Recurse, or with wildcards in the path, it is enough if one of the folders has the entry. Wildcards in the
/// identifier may match nothing.
/// </para>
/// <para>
/// If you remove your own right to administer, the cmdlet asks for confirmation. The default answer is No. -Force, -Confirm:$false and a
/// $ConfirmPreference of None suppress the question. If nobody can be asked, the error is ConfirmationRequired.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, NotSupportedByServer, FolderNotFound, for a path without wildcards; PermissionNotFound,
/// PermissionDenied, CommandRejected, ConfirmationRequired, ArgumentInvalid, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Remove-ImapFolderPermission Projects -Identifier bob -Recurse</code>
/// <para>Takes bob off the access lists of a folder and of the folders below it.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder | Get-ImapFolderPermission -Identifier anyone | Remove-ImapFolderPermission -WhatIf</code>
/// <para>Shows which folders everybody has rights to.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ImapFolderPermission", SupportsShouldProcess = true, DefaultParameterSetName = "Permission",
    HelpUri = HelpPages.Reference + "Remove-ImapFolderPermission.md")]
[OutputType(typeof(void))]
public sealed class RemoveImapFolderPermissionCommand : PermissionCmdlet
{
    /// <summary>Specifies the folders: paths, which may contain wildcards, or folder objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Rights")]
    [ValidateNotNullOrEmpty]
    [Alias("Path")]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [];

    /// <summary>
    /// Specifies who has the rights: a user name, anyone, or another identifier of the server, such as that of a group. With - in front of
    /// it the rights are denied. It may contain the wildcards * and ?. An entry of exactly that name comes first.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Rights")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdentifierCompleter))]
    public string[] Identifier { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is { } permission && ParameterSetName == "Permission")
        {
            SessionReference? from = permission.SessionId > 0 ? new SessionReference(permission.SessionId) : null;
            if (TryResolve(from, permission) is { } source && this.Offers(source, PermissionAccess.Capability, Failures.NoAccessLists))
            {
                RemoveFrom(new FolderPath(permission.Folder, sessionId: null, uidValidity: null), source,
                    new EntryNames([permission.Identifier], areNames: true));
            }

            return;
        }

        foreach ((FolderPath folder, SessionConnection session) in Accepted(Folder)
            .Offering(this, PermissionAccess.Capability, Failures.NoAccessLists))
        {
            RemoveFrom(folder, session, new EntryNames(Identifier));
        }
    }

    private void RemoveFrom(FolderPath folder, SessionConnection session, EntryNames wanted)
    {
        bool isKnown = true;
        foreach (string path in Expand(folder, session))
        {
            IReadOnlyList<string> entries = [];
            isKnown &= this.RunFor(path, session, async (mailbox, _, cancellationToken) =>
                entries = wanted.In(await new PermissionAccess(mailbox).ListAsync(path, cancellationToken).ConfigureAwait(false)));
            foreach (string entry in entries) RemoveFrom(path, session, entry);
        }

        // Of the folders below, one with the entry is enough. A folder whose list was not read has its own error.
        if (!isKnown) return;

        foreach ((string identifier, string? alike) in wanted.Missing)
        {
            WriteError(Failures.PermissionNotFound(identifier, folder.Path, alike), identifier);
        }
    }

    private void RemoveFrom(string path, SessionConnection session, string entry)
    {
        // To be off the list is to be without rights, and to be denied none.
        if (Agrees(path, session, new PermissionChange(entry, Set: string.Empty)))
        {
            this.RunFor(path, session, (mailbox, _, cancellationToken) =>
                new PermissionAccess(mailbox).RemoveAsync(path, entry, cancellationToken));
        }
    }
}

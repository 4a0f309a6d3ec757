using System;
using System.Linq;
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
using ImapPS.Pipeline.Changing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Sets, adds and removes rights to folders, and copies access lists.</summary>
/// <remarks>
/// <para>
/// -Rights replaces the rights that an identifier has. -Add and -Remove change them. Rights are names, such as Read, Write, or their
/// letters, such as lrw, each once, in the order lrswipkxteacd or in that of the server. Reader is Lookup, Read and Seen (lrs). Editor
/// adds Write, Insert, DeleteMessage and Expunge (lrswite). Owner, or all, is all rights. ImapFolderRights lists the names (RFC 4314).
/// </para>
/// <para>
/// The output of Get-ImapFolderPermission in the pipeline is set on the folders of -Folder. Without -Folder it is set on the folder of the
/// same name. With -Session, or a folder of another session, this copies an access list to another server. A right that only the first
/// server has is left out, with a warning. Entries that are not in the pipeline stay as they are.
/// </para>
/// <para>
/// Servers before RFC 4314 have only Create (c) and Delete (d) for creating folders, and for removing folders and messages. The cmdlet
/// sends these to such a server. To other servers it sends them only if they stand alone.
/// </para>
/// <para>
/// If you take away your own right to administer, the cmdlet asks for confirmation. The default answer is No. -Force, -Confirm:$false and
/// a $ConfirmPreference of None suppress the question. If nobody can be asked, the error is ConfirmationRequired.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, NotSupportedByServer, FolderNotFound, for a path without wildcards; PermissionDenied,
/// CommandRejected, ConfirmationRequired, ArgumentInvalid, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Set-ImapFolderPermission Projects -Identifier bob -Rights Reader -Recurse</code>
/// <para>Lets bob read the folder Projects and the folders below it.</para>
/// </example>
/// <example>
/// <code>Set-ImapFolderPermission Archive bob -Add Write, Insert -Remove Seen -PassThru</code>
/// <para>Changes some rights of bob, and returns them all.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolderPermission Archive | Set-ImapFolderPermission Reports</code>
/// <para>Copies the access list of a folder to another folder.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ImapFolderPermission", SupportsShouldProcess = true, DefaultParameterSetName = "Permission",
    HelpUri = HelpPages.Reference + "Set-ImapFolderPermission.md")]
[OutputType(typeof(ImapFolderPermission))]
public sealed class SetImapFolderPermissionCommand : PermissionCmdlet
{
    /// <summary>
    /// Specifies the folders: paths, which may contain wildcards, or folder objects. For entries from the pipeline the default is the
    /// folder of each entry.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Rights")]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Change")]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Removal")]
    [Parameter(Position = 0, ParameterSetName = "Permission")]
    [ValidateNotNullOrEmpty]
    [Alias("Path")]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [];

    /// <summary>
    /// Specifies who has the rights: a user name, anyone, or another identifier of the server, such as that of a group. With - in front of
    /// it the rights are denied.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Rights")]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Change")]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Removal")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(IdentifierCompleter))]
    public string[] Identifier { get; set; } = [];

    /// <summary>Specifies the rights: names, their letters, or Reader, Editor or Owner. None removes all rights.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = "Rights")]
    [RightsTransformation]
    [ArgumentCompleter(typeof(RightsCompleter))]
    public ImapFolderRights Rights { get; set; }

    /// <summary>Specifies the rights that are added to those that there are.</summary>
    // Mandatory, since Tab offers -Rights only while no other set is complete.
    [Parameter(Mandatory = true, ParameterSetName = "Change")]
    [RightsTransformation]
    [ArgumentCompleter(typeof(RightsCompleter))]
    public ImapFolderRights Add { get; set; }

    /// <summary>Specifies the rights that are removed from those that there are.</summary>
    [Parameter(ParameterSetName = "Change")]
    [Parameter(Mandatory = true, ParameterSetName = "Removal")]
    [RightsTransformation]
    [ArgumentCompleter(typeof(RightsCompleter))]
    public ImapFolderRights Remove { get; set; }

    /// <summary>Indicates that the cmdlet returns the rights as they are after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is { } permission && ParameterSetName == "Permission")
        {
            Copy(permission);
            return;
        }

        if (ParameterSetName != "Rights" && (Add | Remove) == ImapFolderRights.None) Throw(Failures.NoRightsGiven());
        if ((Add & Remove) != ImapFolderRights.None) Throw(Failures.RightsContradict(Add & Remove));
        if (Array.Find(Identifier, Wildcard.IsOne) is { } several) Throw(Failures.IdentifierIsWildcard(several));
        foreach ((FolderPath folder, SessionConnection session) in Accepted(Folder)
            .Offering(this, PermissionAccess.Capability, Failures.NoAccessLists))
        {
            foreach (string path in Expand(folder, session))
            {
                foreach (string identifier in Identifier)
                {
                    Set(path, session, ParameterSetName == "Rights"
                        ? new PermissionChange(identifier, RightLetters.Of(Rights))
                        : new PermissionChange(identifier, Set: null, RightLetters.Of(Add), RightLetters.Of(Remove)));
                }
            }
        }
    }

    private void Copy(ImapFolderPermission permission)
    {
        SessionReference? from = permission.SessionId > 0 ? new SessionReference(permission.SessionId) : null;
        FolderPath[] places = Folder.Length > 0 ? Folder : [new FolderPath(permission.Folder, sessionId: null, uidValidity: null)];
        foreach (FolderPath place in places)
        {
            if (place.Given is not null || place.Flaw is not null)
            {
                Refuse(place.Kind, Refusal(place));
            }
            else if (TryResolve(place.Session ?? from, permission) is { } session
                && this.Offers(session, PermissionAccess.Capability, Failures.NoAccessLists))
            {
                FolderPath there = Folder.Length > 0 ? place : Translated(place, from, session);
                foreach (string path in Expand(there, session)) Set(path, session, Change(permission, session));
            }
        }
    }

    /// <summary>What the folder of the same name is called on another server.</summary>
    private FolderPath Translated(FolderPath folder, SessionReference? from, SessionConnection session)
    {
        if (from is null || from.Id == session.Handle.Id || TryResolveSource(from) is not { } source) return folder;

        string path = folder.Path;
        this.RunFor(path, session, async (mailbox, writer, cancellationToken) =>
            path = await PathTranslation.OfAsync(path, new MailboxAccess(source, writer), mailbox, cancellationToken)
                .ConfigureAwait(false));
        return new FolderPath(path, sessionId: null, uidValidity: null);
    }

    /// <summary>The session that an entry came from; null for one that is closed, or that another process had.</summary>
    private static SessionConnection? TryResolveSource(SessionReference from)
    {
        try
        {
            return SessionStore.Find(from);
        }
        catch (ImapException)
        {
            return null;
        }
    }

    /// <summary>The entry, without the rights that only another server has.</summary>
    private PermissionChange Change(ImapFolderPermission permission, SessionConnection session)
    {
        string unknown = string.Empty;
        this.RunFor(permission.Folder, session, async (mailbox, _, cancellationToken) =>
            unknown = await new PermissionAccess(mailbox).UnknownAsync(permission.Letters, cancellationToken).ConfigureAwait(false));
        if (unknown.Length > 0)
        {
            WriteWarning($"The server '{session.Handle.Server}' does not have the rights {unknown} of '{permission.Identifier}'. "
                + "They are left out.");
        }

        return new PermissionChange(permission.Identifier,
            string.Concat(permission.Letters.Where(letter => unknown.IndexOf(letter) < 0)));
    }

    private void Set(string path, SessionConnection session, PermissionChange change)
    {
        if (!Agrees(path, session, change)) return;

        this.RunFor(path, session, (mailbox, writer, cancellationToken) => ChangeAsync(path, mailbox, change, writer, cancellationToken));
    }

    private async Task ChangeAsync(string path, MailboxAccess mailbox, PermissionChange change, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        await new PermissionAccess(mailbox).ChangeAsync(path, change, cancellationToken).ConfigureAwait(false);
        if (PassThru) await EmitAsync(path, change.Identifier, mailbox, writer, cancellationToken).ConfigureAwait(false);
    }
}

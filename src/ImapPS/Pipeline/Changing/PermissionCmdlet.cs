using System;
using System.Collections.Generic;
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
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Changing;

/// <summary>A cmdlet that changes access lists: of folders that are given, or as entries of other lists say.</summary>
public abstract class PermissionCmdlet : FolderChangeCmdlet
{
    /// <summary>Specifies an entry of an access list, as Get-ImapFolderPermission emits it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Permission")]
    [PermissionTransformation]
    public ImapFolderPermission? InputObject { get; set; }

    /// <summary>Indicates that the folders below are changed as well.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>
    /// Indicates that the cmdlet does not ask before it takes away the user's own right to administer. With -Confirm it asks all the same.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The folders of a path, with those below where that is wanted.</summary>
    private protected IReadOnlyList<string> Expand(FolderPath folder, SessionConnection session)
    {
        IReadOnlyList<string> paths = [];
        this.RunFor(folder.Path, session, async (mailbox, _, cancellationToken) =>
        {
            paths = await FolderExpansion.ExpandAsync(folder, mailbox, cancellationToken, unselectableToo: Recurse).ConfigureAwait(false);
            if (Recurse) paths = await WithBelowAsync(paths, mailbox, cancellationToken).ConfigureAwait(false);
        });
        return paths;
    }

    /// <summary>Asks for consent to a change: with No as the answer where one's own right to administer goes.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="session">The session.</param>
    /// <param name="change">The change.</param>
    private protected bool Agrees(string path, SessionConnection session, PermissionChange change)
    {
        bool disowns = false;
        bool mayDisown = change.Disowns && IsOwn(change.Identifier, session.Handle.UserName);
        bool isKnown = !(mayDisown || Consent.IsWhatIf) || this.RunFor(path, session, async (mailbox, _, cancellationToken) =>
        {
            bool administers = (await new PermissionAccess(mailbox).MineAsync(path, cancellationToken).ConfigureAwait(false))
                .Rights.HasFlag(ImapFolderRights.Administer);
            if (!administers && Consent.IsWhatIf) throw Failures.FolderNotAdministered(path);
            disowns = mayDisown && administers;
        });
        if (!isKnown) return false;

        string target = DisplayText.Printable(path);
        return disowns
            ? Consent.AllowsLoss(target, change.Action,
                $"{change.Action}: you lose the right to administer the folder '{target}'. "
                    + "On some servers only somebody else can then give it back.",
                Force)
            : Consent.Allows($"Performing the operation \"{change.Action}\" on target \"{target}\".", Force);
    }

    /// <summary>Emits the rights of somebody as they are now.</summary>
    private protected static async Task EmitAsync(string path, string identifier, MailboxAccess mailbox, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        foreach (ImapFolderPermission permission in await new PermissionAccess(mailbox).ListAsync(path, cancellationToken)
            .ConfigureAwait(false))
        {
            if (string.Equals(permission.Identifier, identifier, StringComparison.Ordinal))
            {
                await writer.WriteObjectAsync(permission, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsOwn(string identifier, string user)
    {
        string who = identifier.TrimStart('-');
        return string.Equals(who, "owner", StringComparison.OrdinalIgnoreCase)
            || string.Equals(who, user, StringComparison.OrdinalIgnoreCase)
            || string.Equals(who, user.Split('@')[0], StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<IReadOnlyList<string>> WithBelowAsync(IReadOnlyList<string> paths, MailboxAccess mailbox,
        CancellationToken cancellationToken)
    {
        var tree = new FolderTree(await new FolderReader(mailbox)
            .ListAsync(_ => true, subscribedOnly: false, status: false, cancellationToken).ConfigureAwait(false));
        return
        [
            .. paths.SelectMany(path => tree.Find(path) is { } folder
                    ? tree.Below(folder).Prepend(folder).Where(one => one.Selectable).Select(one => one.Path)
                    : [path])
                .Distinct(StringComparer.Ordinal),
        ];
    }
}

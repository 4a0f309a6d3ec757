using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Folders;

/// <summary>
/// Creates folders, level by level: a server may make the folders above as mere nodes that hold no messages, or not at all.
/// </summary>
internal sealed class FolderCreator(MailboxAccess mailbox)
{
    /// <summary>
    /// The folders that a CREATE was sent for. One that exists when its CREATE must be sent again, after a lost connection, is ours.
    /// </summary>
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    /// <summary>Refuses what no server would create, before anything is sent.</summary>
    public Task CheckAsync(string path, ImapSpecialUse role, bool mayExist, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            (client, _) =>
            {
                FolderNames.CheckPath(path, FolderNames.DelimiterFor(client, path));
                if (!mayExist)
                {
                    FolderNames.RefuseInbox(path, "created: every mailbox has it",
                        "Give another name, or add -Force to get the existing folder.");
                }

                return role == ImapSpecialUse.None || client.Capabilities.HasFlag(ImapCapabilities.CreateSpecialUse)
                    ? Task.FromResult(true)
                    : throw Failures.NotSupported("create a folder with a role", "CREATE-SPECIAL-USE (RFC 6154)",
                        "Create the folder without -SpecialUse, and set the role on the server.");
            },
            cancellationToken,
            target: path);

    /// <summary>Refuses what exists already, and creates nothing.</summary>
    public Task TryAsync(string path, ImapSpecialUse role, bool mayExist, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                if (await MailboxAccess.ListedAsync(client, path, abort).ConfigureAwait(false) is not { } there) return true;
                if (!mayExist) throw Failures.FolderExists(there.FullName);
                return role == ImapSpecialUse.None || FolderMapping.RoleOf(client, there) == role
                    ? true
                    : throw Failures.FolderExistsWithoutRole(there.FullName, role);
            },
            cancellationToken,
            target: path);

    /// <summary>Creates a folder and those above it that are missing.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="role">The role that it is to have (RFC 6154), or None.</param>
    /// <param name="subscribe">Whether to subscribe to all that was created.</param>
    /// <param name="mayExist">Whether a folder that exists already is no error.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task CreateAsync(string path, ImapSpecialUse role, bool subscribe, bool mayExist, CancellationToken cancellationToken)
    {
        await mailbox.RunAsync(
            async (client, abort) =>
            {
                char delimiter = FolderNames.DelimiterFor(client, path);
                IMailFolder folder = await CreateLeafAsync(client, path, delimiter, role, mayExist, abort).ConfigureAwait(false);
                if (!subscribe) return true;

                await folder.SubscribeAsync(abort).ConfigureAwait(false);
                foreach (string created in _sent.Where(created => created != path))
                {
                    await (await MailboxAccess.FindAsync(client, created, abort).ConfigureAwait(false))
                        .SubscribeAsync(abort).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken,
            target: path).ConfigureAwait(false);

        if (role != ImapSpecialUse.None) await mailbox.Session.RenewAsync(mailbox.Caller, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds a folder, and creates what is missing of its path. The empty path is the root, which is always there.</summary>
    public async Task<IMailFolder> EnsureAsync(ImapClient client, string path, CancellationToken abort)
    {
        char delimiter = FolderNames.DelimiterFor(client, path);
        if (path.Length == 0) return await FolderReader.RootAsync(client, delimiter, abort).ConfigureAwait(false);

        try
        {
            return await MailboxAccess.FindAsync(client, path, abort).ConfigureAwait(false);
        }
        catch (FolderNotFoundException)
        {
            return await CreateMissingAsync(client, path, abort).ConfigureAwait(false);
        }
    }

    /// <summary>Creates a folder that was not there a moment ago, and those above it that are missing.</summary>
    public Task<IMailFolder> CreateMissingAsync(ImapClient client, string path, CancellationToken abort)
    {
        char delimiter = FolderNames.DelimiterFor(client, path);
        FolderNames.CheckPath(path, delimiter);
        return CreateLeafAsync(client, path, delimiter, ImapSpecialUse.None, mayExist: true, abort);
    }

    private async Task<IMailFolder> CreateLeafAsync(ImapClient client, string path, char delimiter, ImapSpecialUse role,
        bool mayExist, CancellationToken abort)
    {
        IMailFolder parent = await EnsureAsync(client, FolderNames.Parent(path, delimiter), abort).ConfigureAwait(false);
        bool isOurs = !_sent.Add(path);
        mailbox.Session.Memory.Folders.Forget();
        if (isOurs && await MailboxAccess.ListedAsync(client, path, abort).ConfigureAwait(false) is { } arrived) return arrived;

        int rejections = mailbox.Session.Rejections.Count;
        IMailFolder? folder;
        try
        {
            string name = FolderNames.Leaf(path, delimiter);
            folder = role == ImapSpecialUse.None
                ? await parent.CreateAsync(name, isMessageFolder: true, abort).ConfigureAwait(false)
                : await parent.CreateAsync(name, [FolderMapping.ToSpecialFolder(role)], abort).ConfigureAwait(false);
            folder ??= await MailboxAccess.FindAsync(client, path, abort).ConfigureAwait(false);

            // MailKit takes ALREADYEXISTS for success.
            if (!mailbox.Session.Rejections.Skip(rejections).Contains("ALREADYEXISTS", StringComparer.Ordinal)) return folder;
        }
        catch (ImapCommandException refused) when (refused.Response == ImapCommandResponse.No)
        {
            // Nor need a server say so (RFC 5530 is optional).
            folder = await MailboxAccess.ListedAsync(client, path, abort).ConfigureAwait(false);
            if (folder is null && mailbox.Session.Rejections.Skip(rejections).All(code => code == "CANNOT"))
            {
                throw Failures.FolderNameRefused(path, delimiter, refused.ResponseText, refused);
            }

            if (folder is null) throw;
        }

        if (!isOurs) _sent.Remove(path);
        if (!mayExist && !isOurs) throw Failures.FolderExists(folder.FullName);
        if (role != ImapSpecialUse.None && FolderMapping.RoleOf(client, folder) != role)
        {
            throw Failures.FolderExistsWithoutRole(folder.FullName, role);
        }

        return folder;
    }
}

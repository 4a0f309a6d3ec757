using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Folders;

/// <summary>
/// Creates folders and those above them. The whole path goes first: where a folder is a file (mbox), nothing could be put below one that
/// was made before. Then those above, which a server may have made as mere nodes that hold no messages, unless such are to stay. A server
/// that makes none of them gets them level by level.
/// </summary>
internal sealed class FolderCreator(MailboxAccess mailbox, bool keepsNodes = false)
{
    /// <summary>
    /// The folders that a CREATE was sent for. One that exists when its CREATE must be sent again, after a lost connection, is ours.
    /// </summary>
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    /// <summary>By path: the folders above it that were missing at first.</summary>
    private readonly Dictionary<string, IReadOnlyList<string>> _missing = new(StringComparer.Ordinal);

    /// <summary>Refuses what no server would create, before anything is sent.</summary>
    public Task CheckAsync(string path, ImapSpecialUse role, bool mayExist, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            (client, _) =>
            {
                FolderNames.CheckPath(path, FolderNames.DelimiterFor(client, FolderNames.Rooted(client, path)));
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
                string place = FolderNames.Rooted(client, path);
                if (await MailboxAccess.ListedAsync(client, place, abort).ConfigureAwait(false) is not { } there) return true;
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
    /// <returns>The path that it has.</returns>
    public async Task<string> CreateAsync(string path, ImapSpecialUse role, bool subscribe, bool mayExist,
        CancellationToken cancellationToken)
    {
        string place = await mailbox.RunAsync(
            async (client, abort) =>
            {
                string rooted = FolderNames.Rooted(client, path);
                char delimiter = FolderNames.DelimiterFor(client, rooted);
                IMailFolder folder = await CreateLeafAsync(client, rooted, delimiter, role, mayExist, abort).ConfigureAwait(false);
                if (!subscribe) return rooted;

                await folder.SubscribeAsync(abort).ConfigureAwait(false);
                foreach (string created in _sent.Where(created => created != rooted))
                {
                    await (await MailboxAccess.FindAsync(client, created, abort).ConfigureAwait(false))
                        .SubscribeAsync(abort).ConfigureAwait(false);
                }

                return rooted;
            },
            cancellationToken,
            target: path).ConfigureAwait(false);

        if (role != ImapSpecialUse.None) await mailbox.Session.RenewAsync(mailbox.Caller, cancellationToken).ConfigureAwait(false);
        return place;
    }

    /// <summary>Finds a folder, and creates what is missing of its path. The empty path is the root, which is always there.</summary>
    public async Task<IMailFolder> EnsureAsync(ImapClient client, string path, CancellationToken abort)
    {
        path = FolderNames.Rooted(client, path);
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
        path = FolderNames.Rooted(client, path);
        char delimiter = FolderNames.DelimiterFor(client, path);
        FolderNames.CheckPath(path, delimiter);
        return CreateLeafAsync(client, path, delimiter, ImapSpecialUse.None, mayExist: true, abort);
    }

    private async Task<IMailFolder> CreateLeafAsync(ImapClient client, string path, char delimiter, ImapSpecialUse role,
        bool mayExist, CancellationToken abort)
    {
        // After a lost connection they may be there already, as nodes.
        if (!_missing.TryGetValue(path, out IReadOnlyList<string>? missing))
        {
            _missing[path] = missing = await MissingAboveAsync(client, path, delimiter, abort).ConfigureAwait(false);
        }

        IMailFolder folder;
        try
        {
            folder = await CreateOneAsync(client, path, delimiter, role, mayExist, abort).ConfigureAwait(false);
        }
        catch (ImapException refused) when (missing.Count > 0 && Loss.IsRefusal(refused))
        {
            return await LevelByLevelAsync().ConfigureAwait(false);
        }
        catch (ImapCommandException refused) when (missing.Count > 0 && refused.Response == ImapCommandResponse.No
            && !NotNow.Is(mailbox.Session.Rejections, refused.ResponseText))
        {
            return await LevelByLevelAsync().ConfigureAwait(false);
        }

        if (keepsNodes) return folder;

        foreach (string above in missing) await LiftAsync(client, above, delimiter, abort).ConfigureAwait(false);
        return folder;

        async Task<IMailFolder> LevelByLevelAsync()
        {
            _sent.Remove(path);
            foreach (string above in missing)
            {
                await CreateOneAsync(client, above, delimiter, ImapSpecialUse.None, mayExist: true, abort).ConfigureAwait(false);
            }

            return await CreateOneAsync(client, path, delimiter, role, mayExist, abort).ConfigureAwait(false);
        }
    }

    /// <summary>The folders above a path that do not exist, the highest first.</summary>
    private static async Task<IReadOnlyList<string>> MissingAboveAsync(ImapClient client, string path, char delimiter,
        CancellationToken abort)
    {
        var missing = new List<string>();
        for (string above = FolderNames.Parent(path, delimiter); above.Length > 0; above = FolderNames.Parent(above, delimiter))
        {
            try
            {
                IMailFolder there = await MailboxAccess.FindAsync(client, above, abort).ConfigureAwait(false);
                if (there.Attributes.HasFlag(FolderAttributes.NoInferiors)) throw Failures.FolderTakesNoFolders(path, above);
                if (!there.Attributes.HasFlag(FolderAttributes.NonExistent)) break;
            }
            catch (FolderNotFoundException)
            {
                // Then it is one to make.
            }

            missing.Insert(0, above);
        }

        return missing;
    }

    /// <summary>Makes a node, which holds only folders, a folder that holds messages as well, where the server knows such.</summary>
    private async Task LiftAsync(ImapClient client, string path, char delimiter, CancellationToken abort)
    {
        if (await MailboxAccess.ListedAsync(client, path, abort).ConfigureAwait(false) is { } there && FolderMapping.IsSelectable(there))
        {
            _sent.Add(path);
            return;
        }

        try
        {
            await CreateOneAsync(client, path, delimiter, ImapSpecialUse.None, mayExist: true, abort).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is ImapCommandException { Response: ImapCommandResponse.No } or FolderNotFoundException
            || (refused is ImapException known && Loss.IsRefusal(known)))
        {
            // It stays a node.
            _sent.Remove(path);
        }
    }

    private async Task<IMailFolder> CreateOneAsync(ImapClient client, string path, char delimiter, ImapSpecialUse role,
        bool mayExist, CancellationToken abort)
    {
        bool isOurs = !_sent.Add(path);
        mailbox.Session.Memory.Folders.Forget();
        if (isOurs && await MailboxAccess.ListedAsync(client, path, abort).ConfigureAwait(false) is { } arrived) return arrived;

        int rejections = mailbox.Session.Rejections.Count;
        IMailFolder? folder;
        try
        {
            folder = await ((StreamingFolder)client.Inbox!).CreatePathAsync(
                path, role == ImapSpecialUse.None ? null : FolderMapping.ToSpecialFolder(role), abort).ConfigureAwait(false);
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

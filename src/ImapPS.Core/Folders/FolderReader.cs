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
using ImapFolder = ImapPS.Models.ImapFolder;

namespace ImapPS.Folders;

/// <summary>Lists folders, with their counts.</summary>
internal sealed class FolderReader(MailboxAccess mailbox)
{
    /// <summary>The items of STATUS that a folder object is made of.</summary>
    public const StatusItems Counts = StatusItems.Count | StatusItems.Unread | StatusItems.Size
        | StatusItems.UidValidity | StatusItems.UidNext | StatusItems.HighestModSeq;

    /// <summary>Every folder that <paramref name="isWanted"/> by its path: one LIST, with STATUS where the server can (RFC 5819).</summary>
    public async Task<IReadOnlyList<ImapFolder>> ListAsync(Predicate<string> isWanted, bool subscribedOnly, bool status,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapFolder> folders = await new FolderListing(mailbox, isWanted, subscribedOnly, status)
            .RunAsync(cancellationToken).ConfigureAwait(false);
        return [.. folders.OrderBy(folder => folder.Path, PathOrder.Instance)];
    }

    /// <summary>The paths of all folders, if the connection is open and idle; null otherwise.</summary>
    public static Task<IReadOnlyList<KnownFolder>?> TryListPathsAsync(SessionConnection session) =>
        session.TryRunAsync(async (client, abort) =>
            Known(client, await ListAllAsync(client, subscribedOnly: false, status: false, abort).ConfigureAwait(false)));

    /// <summary>The paths of all folders, which the session then remembers.</summary>
    public static async Task<IReadOnlyList<KnownFolder>> LearnAsync(ImapClient client, SessionMemory memory, CancellationToken abort)
    {
        IReadOnlyList<KnownFolder> known =
            Known(client, await ListAllAsync(client, subscribedOnly: false, status: false, abort).ConfigureAwait(false));
        memory.Folders.Learn(known);
        return known;
    }

    /// <summary>
    /// The one folder of that path. Where its counts cannot be read, that is told, and it comes without them, as in a listing.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="status">Whether to count its messages.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <param name="isMade">True for a folder that was just made: one that may not be looked into is there all the same.</param>
    public async Task<ImapFolder> ReadAsync(string path, bool status, CancellationToken cancellationToken, bool isMade = false)
    {
        bool isAsked = false;
        try
        {
            return await GetAsync(path, status, () => isAsked = true, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException failed) when (isAsked && IsAboutCounts(failed))
        {
            ImapFolder folder = await ListedAsync(path, cancellationToken).ConfigureAwait(false);
            bool isRefused = Loss.IsRefusal(failed);
            if (status ? !(isMade && isRefused) : !isRefused) mailbox.Caller.Error(Failures.FolderUncounted(path, failed));
            return folder;
        }
    }

    /// <summary>The one folder of that path, with its counts.</summary>
    public Task<ImapFolder> GetAsync(string path, CancellationToken cancellationToken) =>
        GetAsync(path, status: true, () => { }, cancellationToken);

    private Task<ImapFolder> GetAsync(string path, bool status, Action asks, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                IMailFolder folder = await MailboxAccess.FindAsync(client, path, abort).ConfigureAwait(false);

                // MailKit remembers folders; only the server knows whether this one is still there.
                bool counted = FolderMapping.IsSelectable(folder);
                if (counted)
                {
                    if (status)
                    {
                        await mailbox.CatchUpAsync(client, selected => ReferenceEquals(selected, folder), abort).ConfigureAwait(false);
                    }

                    StatusItems items = status ? Counts : StatusItems.UidValidity;
                    asks();
                    await MailboxAccess.OnFolderAsync(client, folder, () => folder.StatusAsync(items, abort), abort).ConfigureAwait(false);
                }

                return FolderMapping.ToModel(client, folder, mailbox.SessionId, folder.IsSubscribed, status && counted);
            },
            cancellationToken,
            target: path);

    private Task<ImapFolder> ListedAsync(string path, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) => await MailboxAccess.ListedAsync(client, path, abort).ConfigureAwait(false) is { } folder
                ? FolderMapping.ToModel(client, folder, mailbox.SessionId, folder.IsSubscribed, hasStatus: false)
                : throw new FolderNotFoundException(path),
            cancellationToken,
            target: path);

    private bool IsAboutCounts(ImapException failed) => failed.Id == ImapErrorId.ProtocolError
        || (failed.Id is ImapErrorId.CommandRejected or ImapErrorId.PermissionDenied && Loss.IsRefusal(failed))
        || (failed.Id == ImapErrorId.ConnectionLost && mailbox.Session.RetryCount > 0);

    /// <summary>The path of the folder with that role.</summary>
    public Task<string> PathOfRoleAsync(ImapSpecialUse role, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            (client, _) => FolderMapping.WithRole(client, role) is { } folder
                ? Task.FromResult(folder.FullName)
                : throw Failures.NoFolderWithRole(role),
            cancellationToken);

    /// <summary>The folders of every namespace, as MailKit has them. Those subscribed to may include some that are gone.</summary>
    public static async Task<IList<IMailFolder>> ListAllAsync(ImapClient client, bool subscribedOnly, bool status, CancellationToken abort)
    {
        StatusItems items = status ? Counts : StatusItems.None;
        var folders = new List<IMailFolder>();
        foreach (FolderNamespace root in await RootsAsync(client, abort).ConfigureAwait(false))
        {
            // A LIST of "*" from the root has brought most servers' other namespaces along.
            if (root.Path.Length > 0 && folders.Exists(folder => folder.FullName.StartsWith(root.Path, StringComparison.Ordinal))) continue;

            folders.AddRange(await client.GetFoldersAsync(root, items, subscribedOnly, abort).ConfigureAwait(false));
        }

        if (!subscribedOnly && !folders.Contains(client.Inbox!))
        {
            // Where the personal namespace is "INBOX.", the INBOX itself is not in it.
            if (status) await client.Inbox!.StatusAsync(Counts, abort).ConfigureAwait(false);
            folders.Insert(0, client.Inbox!);
        }

        if (subscribedOnly && !folders.Contains(client.Inbox!) && await IsInboxSubscribedAsync(client, abort).ConfigureAwait(false))
        {
            folders.Insert(0, client.Inbox!);
        }

        return [.. folders.Where(folder => folder.FullName.Length > 0).Distinct()];
    }

    /// <summary>Where the personal namespace is "INBOX.", LSUB "" "INBOX.*" does not name INBOX itself.</summary>
    private static async Task<bool> IsInboxSubscribedAsync(ImapClient client, CancellationToken abort)
    {
        if (client.PersonalNamespaces.Count == 0 || client.PersonalNamespaces.Any(root => root.Path.Length == 0)) return false;

        IMailFolder root = await RootAsync(client, client.Inbox!.DirectorySeparator, abort).ConfigureAwait(false);
        FolderAttributes known = client.Inbox.Attributes;
        IList<IMailFolder> subscribed = await client.GetFoldersAsync(
            new FolderNamespace(root.DirectorySeparator, string.Empty), StatusItems.None, subscribedOnly: true, abort)
            .ConfigureAwait(false);

        // \Noselect in LSUB says that only folders below are subscribed to (RFC 3501, 6.3.9). MailKit takes it for an attribute.
        bool isSubscribed = subscribed.Contains(client.Inbox)
            && (known.HasFlag(FolderAttributes.NoSelect) || !client.Inbox.Attributes.HasFlag(FolderAttributes.NoSelect));
        if (!isSubscribed) ((StreamingFolder)client.Inbox).Restore(known);
        return isSubscribed;
    }

    /// <summary>The namespaces (RFC 2342), or the root where the server tells none.</summary>
    private static async Task<IReadOnlyList<FolderNamespace>> RootsAsync(ImapClient client, CancellationToken abort)
    {
        FolderNamespace[] told = [.. client.PersonalNamespaces, .. client.SharedNamespaces, .. client.OtherNamespaces];
        if (told.Length > 0) return told;

        IMailFolder root = await RootAsync(client, client.Inbox!.DirectorySeparator, abort).ConfigureAwait(false);
        return [new FolderNamespace(root.DirectorySeparator, string.Empty)];
    }

    /// <summary>The folder that has no name, which is above all others.</summary>
    public static async Task<IMailFolder> RootAsync(ImapClient client, char delimiter, CancellationToken abort)
    {
        try
        {
            return client.GetFolder(new FolderNamespace(delimiter, string.Empty));
        }
        catch (FolderNotFoundException)
        {
            // MailKit asks for it only where the server has no NAMESPACE at all.
            return await client.GetFolderAsync(string.Empty, abort).ConfigureAwait(false);
        }
    }

    /// <summary>What is remembered of folders that were listed.</summary>
    public static IReadOnlyList<KnownFolder> Known(ImapClient client, IEnumerable<IMailFolder> listed) =>
        [.. listed.OrderBy(folder => folder.FullName, PathOrder.Instance)
            .Select(folder => new KnownFolder(folder.FullName, FolderMapping.RoleOf(client, folder)))];

    /// <summary>INBOX first, then by name, children below their parents.</summary>
    private sealed class PathOrder : IComparer<string>
    {
        public static readonly PathOrder Instance = new();

        public int Compare(string? x, string? y)
        {
            bool xIsInbox = string.Equals(x, "INBOX", StringComparison.OrdinalIgnoreCase);
            bool yIsInbox = string.Equals(y, "INBOX", StringComparison.OrdinalIgnoreCase);
            return xIsInbox == yIsInbox ? StringComparer.OrdinalIgnoreCase.Compare(x, y) : xIsInbox ? -1 : 1;
        }
    }
}

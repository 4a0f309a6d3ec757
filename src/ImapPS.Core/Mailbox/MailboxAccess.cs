using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Mailbox;

/// <summary>One caller's way into a session: what it runs against the account, or against one folder.</summary>
internal sealed partial class MailboxAccess(SessionConnection session, ISessionCaller caller)
{
    public SessionConnection Session { get; } = session;

    public ISessionCaller Caller { get; } = caller;

    public int SessionId => Session.Handle.Id;

    /// <summary>Runs an operation that needs no selected folder.</summary>
    public Task<T> RunAsync<T>(
        Func<ImapClient, CancellationToken, Task<T>> operation,
        CancellationToken cancellationToken,
        object? target = null,
        Func<Exception, bool>? repeats = null) =>
        RunAsync(operation, () => true, target, cancellationToken, repeats: repeats);

    /// <summary>
    /// Runs an operation that needs no selected folder, and that a lost connection may have carried out already: then it is not repeated.
    /// </summary>
    /// <param name="operation">What to run. It says when it begins what may not be repeated.</param>
    /// <param name="cancellationToken">Asks the work to stop; a command under way still ends.</param>
    /// <param name="target">What an error is about.</param>
    public Task<T> RunOnceAsync<T>(
        Func<ImapClient, Action, CancellationToken, Task<T>> operation,
        CancellationToken cancellationToken,
        object? target = null)
    {
        bool begun = false;
        return RunAsync((client, abort) => operation(client, () => begun = true, abort), () => !begun, target, cancellationToken);
    }

    /// <summary>Runs an operation in a folder. It is opened if it is not open already, and its UIDVALIDITY compared.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="access">ReadOnly is EXAMINE: reading never changes. A folder that is open for writing serves both.</param>
    /// <param name="uidValidity">The UIDVALIDITY that the UIDs at hand belong to, or null when there are none yet.</param>
    /// <param name="operation">What to run.</param>
    /// <param name="cancellationToken">Asks the work to stop; a command under way still ends.</param>
    /// <param name="mayRepeat">Whether the operation may be run again after the connection was lost in the midst of it.</param>
    /// <param name="view">What the operation must see of a folder that is open already.</param>
    /// <param name="repeats">Asked, too, whether a failure of the operation is one after which it is repeated.</param>
    public Task<T> InFolderAsync<T>(
        string path,
        FolderAccess access,
        uint? uidValidity,
        Func<ImapClient, IMailFolder, CancellationToken, Task<T>> operation,
        CancellationToken cancellationToken,
        bool mayRepeat = true,
        FolderView view = FolderView.AsTold,
        Func<Exception, bool>? repeats = null)
    {
        // Opening a folder may always be repeated; only what is then done in it may not.
        bool begun = false;
        return RunAsync(InFolder, () => mayRepeat || !begun, path, cancellationToken, changes: access != FolderAccess.ReadOnly,
            repeats is null ? null : failure => !begun || repeats(failure));

        async Task<T> InFolder(ImapClient client, CancellationToken abort)
        {
            IMailFolder folder = await OpenAsync(client, path, access, uidValidity, view, abort).ConfigureAwait(false);
            begun = true;
            T result = default!;
            await OnFolderAsync(client, folder, async () => result = await operation(client, folder, abort).ConfigureAwait(false), abort)
                .ConfigureAwait(false);
            return result;
        }
    }

    /// <summary>Sees to it that a folder, which must not be selected, has the UIDVALIDITY under which it was read.</summary>
    public static async Task CheckUidValidityAsync(ImapClient client, IMailFolder folder, uint expected,
        CancellationToken cancellationToken)
    {
        Task Ask() => folder.StatusAsync(StatusItems.UidValidity, cancellationToken);
        await OnFolderAsync(client, folder, Ask, cancellationToken).ConfigureAwait(false);
        if (folder.UidValidity != expected) throw Failures.FolderRebuilt(folder.FullName, expected, folder.UidValidity);
    }

    /// <summary>
    /// Runs a command that names a folder. The NO of many servers does not say that the folder is gone (RFC 5530 is optional); LIST does.
    /// </summary>
    public static async Task OnFolderAsync(ImapClient client, IMailFolder folder, Func<Task> command, CancellationToken cancellationToken)
    {
        try
        {
            await command().ConfigureAwait(false);
        }
        catch (ImapCommandException refused) when (refused.Response == ImapCommandResponse.No)
        {
            if (folder.Attributes.HasFlag(FolderAttributes.NoSelect)) throw Failures.FolderNotSelectable(folder.FullName);

            if (await ListedAsync(client, folder.FullName, cancellationToken).ConfigureAwait(false) is not null) throw;

            throw new FolderNotFoundException(refused.Message, folder.FullName, refused);
        }
    }

    /// <summary>
    /// Sees to it that a STATUS tells of what there is now. Of the folder that is selected, servers tell only what this connection
    /// has seen of it so far (RFC 9051, 6.3.11, wants STATUS for the others).
    /// </summary>
    public async Task CatchUpAsync(ImapClient client, Predicate<IMailFolder> isAsked, CancellationToken cancellationToken)
    {
        if (Session.Selected is not { IsOpen: true } selected || !isAsked(selected)) return;

        await Session.News.LookAsync(() => client.NoOpAsync(cancellationToken)).ConfigureAwait(false);
    }

    private Task<T> RunAsync<T>(
        Func<ImapClient, CancellationToken, Task<T>> operation,
        Func<bool> mayRepeat,
        object? target,
        CancellationToken cancellationToken,
        bool changes = false,
        Func<Exception, bool>? repeats = null) =>
        Session.RunAsync(
            async (client, abort) =>
            {
                try
                {
                    return await operation(client, abort).ConfigureAwait(false);
                }
                catch (FolderNotFoundException missing)
                {
                    throw Failures.FolderNotFound(missing.FolderName, await NearestAsync(client, missing.FolderName, abort)
                        .ConfigureAwait(false), missing.InnerException ?? missing);
                }
                catch (ImapCommandException rejected)
                {
                    // Here, while the gate is held and the response codes are still this operation's.
                    throw Translation.Translate(rejected, Session.Rejections, target);
                }
            },
            mayRepeat,
            Caller,
            cancellationToken,
            changes,
            repeats);

    /// <summary>
    /// The folder that may have been meant, of those known for some seconds. It is a courtesy: what goes wrong in looking for it must not
    /// hide that the folder is missing.
    /// </summary>
    private async Task<string?> NearestAsync(ImapClient client, string path, CancellationToken abort)
    {
        try
        {
            if (path.Length == 0 || !client.IsConnected) return null;

            IReadOnlyList<KnownFolder> known = Session.Memory.Folders.Recent
                ?? await FolderReader.LearnAsync(client, Session.Memory, abort).ConfigureAwait(false);
            return FolderNames.Nearest(path, known.Select(folder => folder.Path).Where(there => !FolderNames.AreSame(there, path)));
        }
        catch (Exception failed) when (failed is ImapCommandException || Translation.ConnectionIsGone(failed))
        {
            return null;
        }
    }

    private async Task<IMailFolder> OpenAsync(ImapClient client, string path, FolderAccess access, uint? uidValidity,
        FolderView view, CancellationToken abort)
    {
        IMailFolder folder = await FindAsync(client, path, abort).ConfigureAwait(false);
        if (!ReferenceEquals(Session.Selected, folder) || !folder.IsOpen || folder.Access < access || view == FolderView.OpenedAnew)
        {
            // A SELECT that fails leaves no folder selected (RFC 9051, 6.3.2), which MailKit does not take notice of.
            Session.Selected = null;
            Task Open() => OnFolderAsync(client, folder, () => folder.OpenAsync(access, abort), abort);
            await Session.News.LookAsync(Open).ConfigureAwait(false);
            Session.Selected = folder;
            Session.Memory.LearnKeywords(folder.AcceptedKeywords.Concat(folder.PermanentKeywords));
        }
        else if (view == FolderView.WithNews || Session.News.IsNoted)
        {
            // A folder that has been open for a while shows what arrived since only after a command that may tell.
            await Session.News.LookAsync(() => client.NoOpAsync(abort)).ConfigureAwait(false);
        }

        if (folder.Access < access) throw Failures.FolderReadOnly(path);
        return uidValidity is { } expected && expected != folder.UidValidity
            ? throw Failures.UidValidityChanged(path, expected, folder.UidValidity)
            : folder;
    }
}

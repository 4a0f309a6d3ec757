using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;

namespace ImapPS.Folders;

/// <summary>The removal of several folders of an account: which, in what order, and what would be lost.</summary>
internal sealed class FolderRemoval
{
    private readonly FolderTree _tree;
    private readonly Dictionary<string, Target> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _messages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly List<ImapFolder> _removed = [];
    private bool _isCounted;

    private FolderRemoval(FolderTree tree) => _tree = tree;

    /// <summary>A folder that was asked for, and the UIDVALIDITY that it must have, if it was read before.</summary>
    public sealed record Target(ImapFolder Folder, uint? UidValidity);

    /// <summary>The folders that were asked for, those below others first.</summary>
    public IEnumerable<Target> Targets => _targets.Values.OrderByDescending(target => FolderTree.Depth(target.Folder));

    /// <summary>All folders of the account.</summary>
    public IReadOnlyList<ImapFolder> Listed => _tree.Folders;

    public static async Task<FolderRemoval> ReadAsync(MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        // Where one LIST tells the counts as well (RFC 5819), there is no need for another.
        bool isCounted = mailbox.Session.Capabilities.Contains("LIST-STATUS", StringComparer.Ordinal);
        IReadOnlyList<ImapFolder> folders = await new FolderReader(mailbox)
            .ListAsync(_ => true, subscribedOnly: false, isCounted, cancellationToken).ConfigureAwait(false);
        var removal = new FolderRemoval(new FolderTree(folders)) { _isCounted = isCounted };
        if (isCounted) removal.Note(folders);
        return removal;
    }

    public void Add(string path, uint? uidValidity)
    {
        FolderNames.RefuseInbox(path, "removed: every mailbox has it", "Clear-ImapFolder removes its messages.");
        ImapFolder folder = _tree.Find(path)
            ?? throw Failures.FolderNotFound(path, FolderNames.Nearest(path, _tree.Folders.Select(folder => folder.Path)));
        _targets[folder.Path] = new Target(folder, uidValidity);
    }

    public void AddAll(IEnumerable<ImapFolder> wanted)
    {
        foreach (ImapFolder folder in wanted.Where(folder => !FolderNames.IsInbox(folder.Path)))
        {
            if (!_targets.ContainsKey(folder.Path)) _targets[folder.Path] = new Target(folder, UidValidity: null);
        }
    }

    /// <summary>Counts the messages of all that may go.</summary>
    public async Task CountAsync(MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        if (_isCounted) return;

        HashSet<string> affected = [.. _targets.Values.SelectMany(With).Select(folder => folder.Path)];
        if (affected.Count == 0) return;

        Note(await new FolderReader(mailbox).ListAsync(affected.Contains, subscribedOnly: false, status: true, cancellationToken)
            .ConfigureAwait(false));
    }

    /// <summary>How many folders are left below a folder, and how many messages there are in all of them.</summary>
    public (int Folders, long Messages) Count(Target target)
    {
        List<ImapFolder> left = [.. With(target)];
        return (left.Count - 1, left.Sum(folder => _messages.TryGetValue(folder.Path, out long messages) ? messages : 0));
    }

    /// <summary>Refuses a folder that has others below it.</summary>
    public void Check(Target target, bool recurse)
    {
        (int folders, _) = Count(target);
        if (folders > 0 && !recurse) throw Failures.FolderHasFolders(target.Folder.Path, folders);
    }

    /// <summary>Removes a folder and those below it, from the bottom up.</summary>
    /// <param name="target">The folder.</param>
    /// <param name="onlyAsCounted">Whether a folder that holds more messages than were counted is refused.</param>
    /// <param name="mailbox">The account.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task RemoveAsync(Target target, bool onlyAsCounted, MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        foreach (ImapFolder folder in With(target).OrderByDescending(FolderTree.Depth).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            uint? expected = _targets.TryGetValue(folder.Path, out Target? named) ? named.UidValidity : null;
            long most = !onlyAsCounted ? long.MaxValue : _messages.TryGetValue(folder.Path, out long counted) ? counted : 0;
            await new FolderRemover(mailbox).RemoveAsync(folder.Path, expected, most, cancellationToken).ConfigureAwait(false);
            _gone.Add(folder.Path);
            _removed.Add(folder);
        }
    }

    /// <summary>Counts a folder, and those below it, as gone.</summary>
    public void AssumeRemoved(Target target)
    {
        foreach (ImapFolder folder in With(target).ToList()) _gone.Add(folder.Path);
    }

    /// <summary>Takes what was removed off the list of subscriptions, on which a server leaves it.</summary>
    public async Task FinishAsync(MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        List<string> subscribed = [.. _removed.Where(folder => folder.Subscribed).Select(folder => folder.Path)];
        if (subscribed.Count > 0) await new FolderSubscriptions(mailbox).RemoveAsync(subscribed, cancellationToken).ConfigureAwait(false);
        if (_removed.Exists(folder => folder.SpecialUse != ImapSpecialUse.None))
        {
            await mailbox.Session.RenewAsync(mailbox.Caller, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Note(IEnumerable<ImapFolder> counted)
    {
        foreach (ImapFolder folder in counted) _messages[folder.Path] = folder.MessageCount ?? 0;
    }

    private IEnumerable<ImapFolder> With(Target target) =>
        _tree.Below(target.Folder).Prepend(target.Folder).Where(folder => !_gone.Contains(folder.Path));
}

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;
using ImapFolder = ImapPS.Models.ImapFolder;

namespace ImapPS.Folders;

/// <summary>Renames folders, and takes their subscriptions along, which servers do not (RFC 9051, 6.3.6).</summary>
internal sealed class FolderRenamer(MailboxAccess mailbox)
{
    /// <summary>A folder, where it is to go, and the subscribed folders at and below its old place.</summary>
    public sealed record Plan(string Source, string Destination, IReadOnlyList<string> Subscribed, bool HasRole)
    {
        /// <summary>Where a folder at or below the old place is afterwards.</summary>
        public string Moved(string path) => Destination + path.Remove(0, Source.Length);
    }

    /// <summary>Checks what can be checked before anything is sent.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="newName">Its new name, in the folder that it is in now.</param>
    /// <param name="destination">Or its whole new path.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<Plan> PlanAsync(string path, string? newName, string? destination, CancellationToken cancellationToken)
    {
        FolderNames.RefuseInbox(path, "renamed: a server would move its messages to a new folder, and leave it empty",
            "Move the messages: Get-ImapMessage INBOX | Move-ImapMessage <folder> -CreateFolder.");
        var tree = new FolderTree(await new FolderReader(mailbox)
            .ListAsync(_ => true, subscribedOnly: false, status: false, cancellationToken).ConfigureAwait(false));
        ImapFolder source = tree.Find(path)
            ?? throw Failures.FolderNotFound(path, FolderNames.Nearest(path, tree.Folders.Select(folder => folder.Path)));
        char delimiter = FolderTree.DelimiterOf(source);
        if (newName is not null)
        {
            FolderNames.CheckName(newName, delimiter);
            destination = FolderNames.Join(FolderNames.Parent(source.Path, delimiter), newName, delimiter);
        }

        else
        {
            string given = destination!;
            destination = await mailbox.RunAsync((client, _) => Task.FromResult(FolderNames.Rooted(client, given)), cancellationToken)
                .ConfigureAwait(false);
        }

        FolderNames.CheckPath(destination!, delimiter);
        if (FolderNames.IsBelow(destination!, source.Path, delimiter)) throw Failures.FolderBelowItself(source.Path, destination!);
        if (tree.Find(destination!) is { } taken) throw Failures.FolderExists(taken.Path);

        List<ImapFolder> moving = [source, .. tree.Below(source)];
        return new Plan(
            source.Path,
            destination!,
            [.. moving.Where(folder => folder.Subscribed).Select(folder => folder.Path)],
            moving.Exists(folder => folder.SpecialUse != ImapSpecialUse.None));
    }

    public async Task RenameAsync(Plan plan, uint? uidValidity, CancellationToken cancellationToken)
    {
        bool sent = false;
        await mailbox.RunAsync(
            async (client, abort) =>
            {
                bool repeated = sent;
                if (repeated && await IsDoneAsync(client, plan, abort).ConfigureAwait(false)) return true;

                IMailFolder source = await MailboxAccess.FindAsync(client, plan.Source, abort).ConfigureAwait(false);
                await mailbox.LeaveAsync(client, plan.Source, source.DirectorySeparator, abort).ConfigureAwait(false);
                if (uidValidity is { } expected)
                {
                    await MailboxAccess.CheckUidValidityAsync(client, source, expected, abort).ConfigureAwait(false);
                }

                IMailFolder parent = await new FolderCreator(mailbox)
                    .EnsureAsync(client, FolderNames.Parent(plan.Destination, source.DirectorySeparator), abort).ConfigureAwait(false);
                if (parent.Attributes.HasFlag(FolderAttributes.NoInferiors))
                {
                    throw Failures.FolderTakesNoFolders(plan.Destination, parent.FullName);
                }

                sent = true;
                mailbox.Session.Memory.Folders.Forget();
                try
                {
                    await source.RenameAsync(parent, FolderNames.Leaf(plan.Destination, source.DirectorySeparator), abort)
                        .ConfigureAwait(false);
                }
                catch (ImapCommandException refused) when (refused.Response == ImapCommandResponse.No)
                {
                    if (await MailboxAccess.ListedAsync(client, plan.Source, abort).ConfigureAwait(false) is not null) throw;

                    // A server that was slow may have done by now what it was first asked for.
                    if (!repeated || !await IsDoneAsync(client, plan, abort).ConfigureAwait(false))
                    {
                        throw Failures.FolderNotFound(plan.Source, inner: refused);
                    }
                }

                return true;
            },
            cancellationToken,
            target: plan.Source).ConfigureAwait(false);

        if (plan.Subscribed.Count > 0) await CarrySubscriptionsAsync(plan, cancellationToken).ConfigureAwait(false);
        if (plan.HasRole) await mailbox.Session.RenewAsync(mailbox.Caller, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> IsDoneAsync(ImapClient client, Plan plan, CancellationToken abort) =>
        await MailboxAccess.ListedAsync(client, plan.Source, abort).ConfigureAwait(false) is null
        && await MailboxAccess.ListedAsync(client, plan.Destination, abort).ConfigureAwait(false) is not null;

    private async Task CarrySubscriptionsAsync(Plan plan, CancellationToken cancellationToken)
    {
        await mailbox.RunAsync(
            async (client, abort) =>
            {
                foreach (string old in plan.Subscribed)
                {
                    IMailFolder folder = await MailboxAccess.FindAsync(client, plan.Moved(old), abort).ConfigureAwait(false);
                    await folder.SubscribeAsync(abort).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken,
            target: plan.Destination).ConfigureAwait(false);
        await new FolderSubscriptions(mailbox).RemoveAsync(plan.Subscribed, cancellationToken).ConfigureAwait(false);
    }
}

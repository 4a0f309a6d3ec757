using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Administration;

/// <summary>
/// Reads and sets quotas (RFC 9208). MailKit tells of one root of a folder, and of two resources, in 32 bits: the answers are read here.
/// </summary>
internal sealed class QuotaAccess(MailboxAccess mailbox)
{
    public const string Capability = "QUOTA";

    /// <summary>The quota roots of a folder.</summary>
    public Task<(IReadOnlyList<string> Roots, IReadOnlyList<QuotaUse> Uses)> OfFolderAsync(string path,
        CancellationToken cancellationToken) =>
        mailbox.RunAsync((client, abort) => OfFolderAsync(client, mailbox.Session, path, abort), cancellationToken, target: path);

    /// <summary>The quota roots of the INBOX, for Tab; null if they cannot be asked for now.</summary>
    public static Task<IReadOnlyList<string>?> TryRootsAsync(SessionConnection session) => session.TryRunAsync(async (client, abort) =>
        client.Capabilities.HasFlag(ImapCapabilities.Quota)
            ? (await OfFolderAsync(client, session, client.Inbox.FullName, abort).ConfigureAwait(false)).Roots
            : []);

    /// <summary>The resources of a quota root.</summary>
    public Task<IReadOnlyList<QuotaUse>> OfRootAsync(string root, CancellationToken cancellationToken) =>
        mailbox.RunAsync((client, abort) => OfRootAsync(client, root, abort), cancellationToken, target: root);

    /// <summary>
    /// Sets or removes the limit of one resource. SETQUOTA takes all limits of a root away that it does not name (RFC 9208, 4.1.2), so
    /// the others are named as they are.
    /// </summary>
    /// <param name="root">The quota root.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="limit">The limit, in the numbers of the line; null for none.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public Task<bool> SetAsync(string root, string resource, long? limit, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                IReadOnlyList<QuotaUse> known = [];
                try
                {
                    known = await OfRootAsync(client, root, abort).ConfigureAwait(false);
                }
                catch (ImapCommandException none) when (IsMissing(none))
                {
                    // A root that SETQUOTA makes.
                }

                IEnumerable<string> limits = Limits(known, resource, limit)
                    .Select(one => string.Format(CultureInfo.InvariantCulture, "{0} {1}", one.Resource, one.Limit));
                string command = $"SETQUOTA %S ({string.Join(" ", limits)})";
                await HearAsync(client, () => DirectCommand.SendAsync(client, command, [root], abort)).ConfigureAwait(false);
                return true;
            },
            cancellationToken,
            target: root);

    private static async Task<(IReadOnlyList<string> Roots, IReadOnlyList<QuotaUse> Uses)> OfFolderAsync(ImapClient client,
        SessionConnection session, string path, CancellationToken abort)
    {
        IMailFolder folder = await MailboxAccess.FindAsync(client, path, abort).ConfigureAwait(false);
        Answers answers = null!;
        await MailboxAccess.OnFolderAsync(
            client,
            folder,
            async () => answers = await HearAsync(client, () => folder.GetQuotaAsync(abort)).ConfigureAwait(false),
            abort).ConfigureAwait(false);
        IReadOnlyList<string> roots = [.. answers.Of("QUOTAROOT").SelectMany(answer => answer.Skip(1)).Select(root => root.Text)];
        session.Memory.Settings.LearnRoots(roots);
        return (roots, UsesIn(answers));
    }

    private bool IsMissing(ImapCommandException refused) => mailbox.Session.Rejections.Contains("NONEXISTENT", StringComparer.Ordinal)
        || refused.ResponseText.IndexOf("exist", StringComparison.OrdinalIgnoreCase) >= 0;

    private static IEnumerable<(string Resource, long Limit)> Limits(IEnumerable<QuotaUse> known, string resource, long? limit) =>
        known.Where(use => !string.Equals(use.Resource, resource, StringComparison.OrdinalIgnoreCase))
            .Select(use => (use.Resource, use.Limit))
            .Concat(limit is { } most ? [(resource, most)] : []);

    private static async Task<IReadOnlyList<QuotaUse>> OfRootAsync(ImapClient client, string root, CancellationToken abort) =>
        UsesIn(await HearAsync(client, () => DirectCommand.SendAsync(client, "GETQUOTA %S", [root], abort)).ConfigureAwait(false));

    private static Task<Answers> HearAsync(ImapClient client, Func<Task> command) => ((StreamingClient)client).HearAsync('Q', command);

    private static IReadOnlyList<QuotaUse> UsesIn(Answers answers) =>
    [
        .. from answer in answers.Of("QUOTA")
           where answer.Count > 1
           from use in InThrees(answer[1].Items)
           select new QuotaUse(answer[0].Text, use[0].Text.ToUpperInvariant(), use[1].Number, use[2].Number),
    ];

    private static IEnumerable<IReadOnlyList<AnswerPart>> InThrees(IReadOnlyList<AnswerPart> parts)
    {
        for (int i = 0; i + 2 < parts.Count; i += 3) yield return [parts[i], parts[i + 1], parts[i + 2]];
    }
}

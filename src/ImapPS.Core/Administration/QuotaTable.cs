using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;

namespace ImapPS.Administration;

/// <summary>The quotas of a session, each once, with the folders that share it.</summary>
internal sealed class QuotaTable(int session)
{
    private readonly List<QuotaUse> _uses = [];
    private readonly Dictionary<string, List<string>> _folders = new(StringComparer.Ordinal);

    /// <summary>Asks the server about one folder, and adds what it tells.</summary>
    public async Task ReadAsync(string folder, MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        (IReadOnlyList<string> roots, IReadOnlyList<QuotaUse> uses) = await new QuotaAccess(mailbox)
            .OfFolderAsync(folder, cancellationToken).ConfigureAwait(false);
        Add(folder, roots, uses);
    }

    /// <summary>Adds what is told of one folder.</summary>
    public void Add(string folder, IEnumerable<string> roots, IEnumerable<QuotaUse> uses)
    {
        foreach (string root in roots)
        {
            if (!_folders.TryGetValue(root, out List<string>? sharing)) _folders[root] = sharing = [];
            if (!sharing.Contains(folder)) sharing.Add(folder);
        }

        foreach (QuotaUse use in uses)
        {
            // What was told last is the newest.
            int known = _uses.FindIndex(other => other.Root == use.Root && other.Resource == use.Resource);
            if (known < 0) _uses.Add(use);
            else _uses[known] = use;
        }
    }

    public IEnumerable<ImapQuota> Quotas => _uses.Select(use =>
        ToModel(use, session, _folders.TryGetValue(use.Root, out List<string>? sharing) ? sharing : []));

    public static ImapQuota ToModel(QuotaUse use, int session, IEnumerable<string> folders) => new()
    {
        SessionId = session,
        Root = use.Root,
        Resource = use.Resource,
        Usage = QuotaUnits.FromWire(use.Resource, use.Usage),
        Limit = QuotaUnits.FromWire(use.Resource, use.Limit),
        Percent = QuotaUnits.Percent(use.Usage, use.Limit),
        Folders = ImapList<string>.Of(folders),
    };
}

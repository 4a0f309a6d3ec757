using System.Collections.Generic;
using ImapPS.Models;

namespace ImapPS.Reporting;

/// <summary>What a report is made of.</summary>
/// <param name="UserName">Whose mailbox it is.</param>
/// <param name="Server">Where it is.</param>
/// <param name="Tally">The messages.</param>
/// <param name="Quotas">The limits; none where the server tells none.</param>
/// <param name="Uncounted">The folders that are not in the numbers.</param>
internal sealed record MailboxReport(string UserName, string Server, MailboxTally Tally, IReadOnlyList<ImapQuota> Quotas,
    IReadOnlyList<UncountedFolder> Uncounted);

/// <summary>A folder that is not in the numbers.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Reason">Why not, in a sentence.</param>
internal sealed record UncountedFolder(string Path, string Reason);

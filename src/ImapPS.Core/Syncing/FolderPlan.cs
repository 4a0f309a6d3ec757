using System.Collections.Generic;
using ImapPS.Errors;

namespace ImapPS.Syncing;

/// <summary>Which folder goes where, and which can go nowhere: those cost an error each, and the others go on.</summary>
internal sealed record FolderPlan(IReadOnlyList<FolderPair> Pairs, IReadOnlyList<ImapException> Failures);

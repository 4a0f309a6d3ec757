using System.Collections.Generic;

namespace ImapPS.Binding;

/// <summary>Completes the resources of quotas (RFC 9208, 5).</summary>
public sealed class QuotaResourceCompleter : CandidateCompleter
{
    private static readonly (string Name, string ToolTip)[] _resources =
    [
        ("STORAGE", "the size of all messages, in octets"),
        ("MESSAGE", "the number of messages"),
        ("MAILBOX", "the number of folders"),
        ("ANNOTATION-STORAGE", "the size of all annotations, in octets"),
    ];

    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request) => _resources;
}

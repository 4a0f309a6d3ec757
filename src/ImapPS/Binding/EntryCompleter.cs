using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Binding;

/// <summary>Completes entries of metadata: those that were read, and those that are registered (RFC 5464, 6).</summary>
public sealed class EntryCompleter : CandidateCompleter
{
    private static readonly (string Name, string Meaning)[] _registered =
    [
        ("/private/comment", "a comment that only the user sees"),
        ("/shared/comment", "a comment that all users see"),
        ("/shared/admin", "how to reach the administrator: an entry of the server"),
        ("/private/specialuse", "the role of a folder (RFC 6154)"),
    ];

    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request)
    {
        IReadOnlyCollection<string> known = request.Session?.Memory.Settings.Entries ?? [];
        return _registered
            .Concat(known.Where(name => !System.Array.Exists(_registered, one => one.Name == name))
                .OrderBy(name => name, System.StringComparer.OrdinalIgnoreCase)
                .Select(name => (name, name)));
    }
}

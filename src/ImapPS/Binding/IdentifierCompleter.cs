using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Binding;

/// <summary>Completes identifiers of access lists: those that were read, the user, and those that servers have for all.</summary>
public sealed class IdentifierCompleter : CandidateCompleter
{
    private static readonly (string Name, string Meaning)[] _common =
    [
        ("anyone", "everybody (RFC 4314)"),
        ("authenticated", "everybody who has logged in, on Dovecot"),
        ("anonymous", "everybody who has not, on Cyrus"),
    ];

    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request) =>
        request.Session is not { } session
            ? _common
            : session.Memory.Settings.Identifiers.OrderBy(name => name, System.StringComparer.OrdinalIgnoreCase)
                .Append(session.Handle.UserName)
                .Where(name => !System.Array.Exists(_common, common => common.Name == name))
                .Distinct(System.StringComparer.Ordinal)
                .Select(name => (name, name))
                .Concat(_common);
}

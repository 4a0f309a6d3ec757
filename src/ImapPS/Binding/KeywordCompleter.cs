using System;
using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Binding;

/// <summary>Completes keywords: those of the folders that the session has opened, and those that are registered for all.</summary>
public sealed class KeywordCompleter : CandidateCompleter
{
    /// <summary>IANA's registry of IMAP keywords, as far as a person sets them, and what mail programs use besides.</summary>
    private static readonly (string Name, string Meaning)[] _registered =
    [
        ("$Forwarded", "forwarded to somebody else"),
        ("$Important", "important to the user"),
        ("$Junk", "junk"),
        ("$NotJunk", "not junk"),
        ("$Phishing", "likely a fraud"),
        ("$MDNSent", "a receipt was sent"),
        ("$SubmitPending", "about to be sent"),
        ("$Submitted", "sent"),
        ("Junk", "junk, for Thunderbird"),
        ("NonJunk", "not junk, for Thunderbird"),
    ];

    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request)
    {
        IReadOnlyCollection<string> known = request.Session?.Memory.Keywords ?? [];
        return known.OrderBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Select(name => (name, _registered.FirstOrDefault(registered => Is(registered.Name, name)).Meaning ?? name))
            .Concat(_registered.Where(registered => !known.Contains(registered.Name, StringComparer.OrdinalIgnoreCase)));
    }

    // A $ that is typed begins a variable, which PowerShell completes itself.
    private protected override bool IsMatch(string name, string? word) =>
        base.IsMatch(name, word) || (name[0] == '$' && base.IsMatch(name.Substring(1), word));

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}

using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;

namespace ImapPS.Sessions;

/// <summary>Which certificates of a server are accepted: those that the system trusts, unless something else is said.</summary>
internal sealed record Trust
{
    /// <summary>True when any is.</summary>
    public bool SkipsCheck { get; init; }

    /// <summary>
    /// The only ones that are, or whose issuers are: each as <see cref="CertificatePin.Read"/> returns it. Empty for no such limit.
    /// </summary>
    public IReadOnlyList<string> Pins { get; init; } = [];

    /// <summary>The authorities that are trusted instead of the system's; null for the system's.</summary>
    public IReadOnlyList<X509Certificate2>? Authorities { get; init; }
}

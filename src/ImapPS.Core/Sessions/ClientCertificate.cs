using System;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>A certificate with its private key, which proves to the server who connects.</summary>
/// <param name="Certificate">The certificate.</param>
internal sealed record ClientCertificate(X509Certificate2 Certificate)
{
    /// <summary>Who it says that it is: the common name or the address of its subject.</summary>
    public string Name => Certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>Why a server may not take it, in a sentence; empty when nothing is known.</summary>
    public string Doubt
    {
        get
        {
            DateTime now = DateTime.Now;
            (string verb, DateTime when) = now > Certificate.NotAfter ? ("expired", Certificate.NotAfter)
                : now < Certificate.NotBefore ? ("is not valid before", Certificate.NotBefore)
                : (string.Empty, now);
            return verb.Length == 0 ? string.Empty
                : string.Format(CultureInfo.InvariantCulture, " The certificate '{0}' {1}{2} {3:yyyy-MM-dd}.",
                    DisplayText.Printable(Name), verb, verb == "expired" ? " on" : string.Empty, when);
        }
    }
}

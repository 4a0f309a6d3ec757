using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Sessions;

/// <summary>A certificate with its private key, which proves to the server who connects.</summary>
/// <param name="Certificate">The certificate.</param>
internal sealed record ClientCertificate(X509Certificate2 Certificate)
{
    /// <summary>The certificate, whose private key there must be.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="place">Where it is from.</param>
    public static ClientCertificate Of(X509Certificate2 certificate, string place)
    {
        var one = new ClientCertificate(certificate);
        return certificate.HasPrivateKey ? one : throw Failures.PrivateKeyMissing(one.Name, place);
    }

    /// <summary>The certificate of this thumbprint in the stores of the user and of the computer; null when there is none.</summary>
    public static ClientCertificate? Find(string thumbprint)
    {
        foreach (StoreLocation location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            using var store = new X509Store(StoreName.My, location);
            try
            {
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            }
            catch (CryptographicException)
            {
                // Not every platform has each.
                continue;
            }

            X509Certificate2Collection found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false);
            if (found.Count > 0) return Of(found[0], thumbprint);
        }

        return null;
    }

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

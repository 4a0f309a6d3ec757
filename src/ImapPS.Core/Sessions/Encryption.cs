using System.Security.Authentication;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>Says how a connection is encrypted.</summary>
internal static class Encryption
{
    /// <summary>The version and the cipher of TLS, or None.</summary>
    public static string Of(ImapClient client)
    {
        if (!client.IsSecure) return "None";

        string version = client.SslProtocol switch
        {
            SslProtocols.Tls12 => "TLS 1.2",
            SslProtocols other => other.ToString().Replace("Tls13", "TLS 1.3"),
        };
#if NET
        return client.SslCipherSuite is { } suite ? $"{version}, {suite}" : version;
#else
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}, {1} {2}", version,
            client.SslCipherAlgorithm, client.SslCipherStrength);
#endif
    }
}

using System;
using System.Collections.Generic;
using System.Net;
using MailKit.Security;

namespace ImapPS.Sessions;

/// <summary>
/// One mechanism for one login. MailKit on its own tries every mechanism that the server offers, so that one mistyped password
/// counts as several failures, and locks accounts out.
/// </summary>
internal static class SaslChoice
{
    private static readonly string[] _ranked =
    [
        "SCRAM-SHA-512-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS",
        "SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1",
        "CRAM-MD5", "PLAIN", "LOGIN",
    ];

    /// <summary>The best mechanism on offer, or null when only the LOGIN command is left.</summary>
    public static string? Best(ICollection<string> offered, bool canBindChannel)
    {
        foreach (string name in _ranked)
        {
            if (!canBindChannel && name.EndsWith("-PLUS", StringComparison.Ordinal)) continue;

            foreach (string mechanism in offered)
            {
                if (string.Equals(mechanism, name, StringComparison.OrdinalIgnoreCase)) return name;
            }
        }

        return null;
    }

    /// <summary>True for what sends the password itself.</summary>
    public static bool SendsPassword(string? mechanism) => mechanism is null or "PLAIN" or "LOGIN";

    public static SaslMechanism Create(string mechanism, NetworkCredential credential) =>
        SaslMechanism.Create(mechanism, System.Text.Encoding.UTF8, credential)
        ?? throw new InvalidOperationException($"MailKit knows no mechanism {mechanism}.");
}

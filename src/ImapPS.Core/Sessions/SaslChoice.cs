using System;
using System.Collections.Generic;
using System.Linq;
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

    /// <summary>The mechanisms that can be chosen, the best first.</summary>
    public static IReadOnlyList<string> All => _ranked;

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

    /// <summary>
    /// The mechanisms to try when a SCRAM mechanism was refused before it began, in their order: the server has no secret that it could
    /// compare with, so those that send the password come first, and those that need a secret as well come last.
    /// </summary>
    public static IReadOnlyList<string?> After(string refused, ICollection<string> offered, bool canBindChannel, bool maySendPassword)
    {
        var others = new List<string?>();
        var hashing = new List<string?>();
        foreach (string name in _ranked)
        {
            if (name == refused || Best([.. Offered(offered, name)], canBindChannel) is null) continue;
            if (!SendsPassword(name)) hashing.Add(name);
            else if (maySendPassword) others.Add(name);
        }

        return [.. others, .. hashing];
    }

    /// <summary>True for a mechanism that sends no password, and proves in its second message that the client knows it.</summary>
    public static bool IsScram(string? mechanism) => mechanism?.StartsWith("SCRAM-", StringComparison.Ordinal) == true;

    private static IEnumerable<string> Offered(IEnumerable<string> offered, string name) =>
        offered.Where(mechanism => string.Equals(mechanism, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for what sends the password itself.</summary>
    public static bool SendsPassword(string? mechanism) => mechanism is null or "PLAIN" or "LOGIN";

    public static SaslMechanism Create(string mechanism, NetworkCredential credential) =>
        SaslMechanism.Create(mechanism, System.Text.Encoding.UTF8, credential)
        ?? throw new InvalidOperationException($"MailKit knows no mechanism {mechanism}.");
}

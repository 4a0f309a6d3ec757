using System;
using System.Text.RegularExpressions;

namespace ImapPS.Errors;

/// <summary>What to do about a refused login, by the words of the large providers, which have no response code for the reason.</summary>
internal static class ServerRemedies
{
    private static readonly (Regex Words, string Remedy)[] _rules =
    [
        (Words(@"\bauthenticated but not connected\b"),
            "The login is right, but the server opens no mailbox for it. Check three things: -UserName is the address of a mailbox; "
            + "IMAP is switched on for it (Set-CASMailbox -ImapEnabled $true); the login may open it. An application needs its service "
            + "principal in Exchange (New-ServicePrincipal) and the right to the mailbox (Add-MailboxPermission)."),
        (Words(@"\bnot enabled for IMAP\b|\bIMAP (?:access )?is disabled\b|\bprotocol\b.*\bdisabled\b"),
            "IMAP is switched off for this mailbox. Switch it on in the settings of the mailbox, or ask the administrator to do it."),
        (Words(@"\blog in (?:via|with) your web browser\b|\bweb login required\b"),
            "The provider wants to see the user first. Log in to the mailbox in a browser, confirm that it was you, and try again."),
        (Words(@"\bapplication-specific password\b"),
            "The provider wants a password made for applications. Create one in the settings of the account, and give it as the password. "
            + "Or log in with -OAuth."),
        (Words(@"\btoo many bad auth attempts\b"),
            "The provider blocks the login for a while, since too many failed. Wait, then try again with the right credential."),
        (Words(@"\bbasic ?auth(?:entication)?\b.*\b(?:blocked|disabled)\b"),
            "The server takes no passwords. Log in with -OAuth."),
    ];

    /// <summary>What to do; null when the words say nothing that is known.</summary>
    public static string? Find(string words)
    {
        foreach ((Regex known, string remedy) in _rules)
        {
            if (known.IsMatch(words)) return remedy;
        }

        return null;
    }

    /// <summary>True for Exchange's answer to commands after a login that opens no mailbox.</summary>
    public static bool IsNotConnected(string words) => _rules[0].Words.IsMatch(words);

    private static Regex Words(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
}

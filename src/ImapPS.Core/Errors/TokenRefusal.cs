using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using ImapPS.OAuth;

namespace ImapPS.Errors;

/// <summary>
/// A mail server that refuses an access token. It says why in its words and in a challenge (RFC 7628, 3.2.2), and the token itself may
/// show what is wrong with it.
/// </summary>
/// <param name="server">The mail server.</param>
/// <param name="user">Who wanted to log in.</param>
/// <param name="token">The token.</param>
/// <param name="words">The server's words.</param>
/// <param name="challenge">Its challenge, in base64; null for none.</param>
internal sealed class TokenRefusal(string server, string user, Token token, string words, string? challenge)
{
    private const string Microsoft = "https://outlook.office365.com";

    /// <summary>What Microsoft calls its mail server in a token.</summary>
    private static readonly string[] _microsoftAudiences =
        [Microsoft, "https://outlook.office.com", "00000002-0000-0ff1-ce00-000000000000"];

    private static readonly string[] _microsoftHosts = ["outlook.office365.com", "outlook.office.com", "imap-mail.outlook.com"];

    private static readonly string[] _told = ["status", "schemes", "scope", "error", "error_description"];

    public string Server => server;

    public string User => user;

    /// <summary>What the server says, in its words and in its challenge.</summary>
    public string Said
    {
        get
        {
            string details = string.Join(", ", Details());
            return words.Length == 0 ? details : details.Length == 0 ? words : $"{words} ({details})";
        }
    }

    /// <summary>What to do.</summary>
    public string Remedy => ServerRemedies.Find(words) ?? string.Join(" ", Flaws().DefaultIfEmpty(
        "Check that the token is for this server and this user, that it is new, and that the user may use IMAP."));

    /// <summary>What the token says of itself that cannot be right.</summary>
    private IEnumerable<string> Flaws()
    {
        if (token.ExpiresOn is { } end && end < DateTimeOffset.UtcNow)
        {
            yield return FormattableString.Invariant($"The token expired at {end:u}. Get a new one.");
        }

        if (token.Claims is not { } claims) yield break;

        if (IsMicrosoft)
        {
            string[] audiences = [.. claims.Audiences.Select(audience => audience.TrimEnd('/'))];
            if (audiences.Length > 0 && !audiences.Intersect(_microsoftAudiences, StringComparer.OrdinalIgnoreCase).Any())
            {
                yield return $"The token is for {audiences[0]}, and not for {Microsoft}. Ask for the scope "
                    + $"{Microsoft}/IMAP.AccessAsUser.All, or {Microsoft}/.default for a job.";
                yield break;
            }

            if (claims.Scopes.Count > 0 && !claims.Scopes.Contains("IMAP.AccessAsUser.All", StringComparer.OrdinalIgnoreCase))
            {
                yield return $"The token allows {string.Join(" ", claims.Scopes)}, and not IMAP.AccessAsUser.All. Add that permission to "
                    + "the application, and log in again.";
                yield break;
            }

            if (claims.Scopes.Count == 0 && !claims.Roles.Contains("IMAP.AccessAsApp", StringComparer.OrdinalIgnoreCase))
            {
                yield return "The application does not have the permission IMAP.AccessAsApp (Office 365 Exchange Online), with the consent "
                    + "of an administrator.";
                yield break;
            }

            if (claims.Scopes.Count == 0)
            {
                yield return "The application needs its service principal in Exchange (New-ServicePrincipal, with the object ID of the "
                    + "enterprise application) and the right to the mailbox (Add-MailboxPermission).";
            }
        }

        if (claims.UserName is { } owner && !string.Equals(owner, user, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"The token is for '{owner}', who has to have the right to open the mailbox of '{user}'.";
        }
    }

    private bool IsMicrosoft => _microsoftHosts.Contains(server, StringComparer.OrdinalIgnoreCase);

    private IEnumerable<string> Details()
    {
        if (challenge is null) yield break;

        JsonElement details;
        try
        {
            using JsonDocument document = JsonDocument.Parse(Convert.FromBase64String(challenge));
            details = document.RootElement.Clone();
        }
        catch (Exception other) when (other is FormatException or JsonException or DecoderFallbackException)
        {
            yield break;
        }

        if (details.ValueKind != JsonValueKind.Object) yield break;

        foreach (string name in _told)
        {
            if (details.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
                && value.GetString() is { Length: > 0 } text)
            {
                yield return $"{name} {text}";
            }
        }
    }
}

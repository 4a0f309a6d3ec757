using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace ImapPS.Errors;

/// <summary>
/// What to do when an authorization server refuses: by Microsoft's numbers, by words, and by the error codes of RFC 6749.
/// </summary>
internal static class IssuerRemedies
{
    private const string LogInAgain = "The login has expired or was revoked. Log in again, with Connect-Imap or Get-ImapAccessToken.";

    private const string Consent = "Nobody has allowed the application to read mail. Let an administrator grant consent to its permissions "
        + "(IMAP.AccessAsUser.All, or IMAP.AccessAsApp for a job), or log in once in the browser and consent.";

    private const string LogInInPerson = "The organization wants more than this login proves. Log in again in the browser, or with "
        + "-DeviceCode. "
        + "A policy (Conditional Access) may also forbid it: ask the administrator.";

    private const string PublicClient = "The application is registered as one with a secret. Either give -ClientSecret or "
        + "-ClientCertificate, or let it be a public client: in its registration, under Authentication, allow public client flows.";

    private static readonly Regex _number = new(@"\bAADSTS(?<number>[0-9]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    /// <summary>Microsoft's numbers (Microsoft Entra authentication and authorization error codes).</summary>
    private static readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal)
    {
        ["50011"] = "Register the redirect address http://localhost for the application, as a mobile and desktop application.",
        ["500113"] = "Register the redirect address http://localhost for the application, as a mobile and desktop application.",
        ["50020"] = "The user is of another organization or has a personal account. Check -TenantId: the user's own tenant, or consumers.",
        ["50034"] = "The organization has no such user. Check -UserName and -TenantId.",
        ["50057"] = "The account is disabled. Ask the administrator.",
        ["50076"] = LogInInPerson,
        ["50079"] = LogInInPerson,
        ["50158"] = LogInInPerson,
        ["53000"] = LogInInPerson,
        ["53003"] = LogInInPerson,
        ["50126"] = "The user name or the password is wrong.",
        ["50173"] = LogInAgain,
        ["50194"] = "The application is for one organization only. Give its -TenantId.",
        ["65001"] = Consent,
        ["65004"] = Consent,
        ["650053"] = "The application asks for a permission that does not exist. Check -Scope; without it the right one is asked for.",
        ["65005"] = Consent,
        ["70000"] = LogInAgain,
        ["70008"] = LogInAgain,
        ["700082"] = LogInAgain,
        ["700084"] = LogInAgain,
        ["70043"] = LogInAgain,
        ["70011"] = "Check -Scope. Without it the right one is asked for.",
        ["1002012"] = "Check -Scope. A job asks for https://outlook.office365.com/.default, which is the default.",
        ["700016"] = "The organization does not know the application. Check -ClientId, and give the -TenantId of the one that registered "
            + "it.",
        ["700024"] = "Check the clock of this computer.",
        ["700027"] = "The application does not know the certificate. Upload its public part to the registration (Certificates and "
            + "secrets).",
        ["7000215"] = "The client secret is wrong. Give its value, which is shown once, and not its ID.",
        ["7000218"] = PublicClient,
        ["7000222"] = "The client secret has expired. Create a new one in the registration of the application (Certificates and secrets).",
        ["90002"] = "There is no such organization. Check -TenantId.",
        ["9002346"] = "The application is for personal accounts only. Give -TenantId consumers.",
        ["9002331"] = "The application is for personal accounts only. Give -TenantId consumers.",
    };

    private static readonly (Regex Words, string Remedy)[] _words =
    [
        (Words(@"\bclient_secret is missing\b"), "Give the -ClientSecret that belongs to the -ClientId."),
        (Words(@"\bOAuth client was not found\b"), "Check -ClientId."),
    ];

    private static readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal)
    {
        ["access_denied"] = "The user or the administrator has said no. Log in again and consent.",
        ["admin_policy_enforced"] = "The administrator of the organization does not allow this application. Ask the administrator.",
        ["authorization_declined"] = "The user or the administrator has said no. Log in again and consent.",
        ["consent_required"] = Consent,
        ["expired_token"] = "The code was not used in time. Run the command again, and use the new code.",
        ["interaction_required"] = LogInInPerson,
        ["invalid_client"] = "Check -ClientId, and the -ClientSecret or -ClientCertificate that belongs to it.",
        ["invalid_grant"] = LogInAgain,
        ["invalid_scope"] = "Check -Scope. Without it the right one is asked for.",
        ["login_required"] = LogInAgain,
        ["org_internal"] = "The application is for members of its own organization. Log in as one of them.",
        ["redirect_uri_mismatch"] = "Register the application as one for desktops, with a redirect to http://localhost or "
            + "http://127.0.0.1.",
        ["unauthorized_client"] = "The application may not log in this way. Allow it in its registration, or log in another way: in the "
            + "browser, with -DeviceCode, or with -ClientSecret.",
        ["unsupported_grant_type"] = "The issuer does not offer this way to log in. Try another: in the browser, -DeviceCode, "
            + "-ClientSecret.",
    };

    /// <param name="error">The error code (RFC 6749, 5.2).</param>
    /// <param name="description">What the issuer says to it.</param>
    public static string Find(string error, string description)
    {
        Match match = _number.Match(description);
        if (match.Success && _numbers.TryGetValue(match.Groups["number"].Value, out string? numbered)) return numbered;

        foreach ((Regex known, string remedy) in _words)
        {
            if (known.IsMatch(description)) return remedy;
        }

        return _errors.TryGetValue(error, out string? general) ? general
            : "Check -OAuth, -ClientId, -TenantId and -Scope, and what the application was registered for.";
    }

    private static Regex Words(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
}

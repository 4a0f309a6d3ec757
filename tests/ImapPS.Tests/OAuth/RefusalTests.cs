using System.Management.Automation;
using System.Text;
using ImapPS.Errors;
using ImapPS.OAuth;
using ImapPS.Sandbox;
using ImapPS.Tests.Scripted;

namespace ImapPS.Tests.OAuth;

/// <summary>
/// What servers and issuers say when they refuse, as it stands in public documentation and reports, and what the user reads.
/// </summary>
public sealed class RefusalTests : ScriptedTest
{
    private const string Outlook = "https://outlook.office365.com";

    private static readonly string _trace = "\r\nTrace ID: 255d1aef-8c98-452f-ac51-23d051240864\r\nCorrelation ID: "
        + "fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7"
        + "\r\nTimestamp: 2026-01-09 02:02:12Z";

    /// <summary>Answers of issuers: the error, its description, the message, and the beginning of what to do.</summary>
    public static TheoryData<string, string, string, string> Issuers => new()
    {
        {
            "invalid_grant", "AADSTS700082: The refresh token has expired due to inactivity. The token was issued on 2025-06-01 and was "
                + "inactive for 90.00:00:00.",
            "'issuer.example' issued no access token for 'alice' (invalid_grant): AADSTS700082: The refresh token has expired due to "
                + "inactivity. "
                + "The token was issued on 2025-06-01 and was inactive for 90.00:00:00.",
            "The login has expired or was revoked. Log in again"
        },
        {
            "invalid_client", "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client "
                + "secret "
                + "value, not the client secret ID, for a secret added to app '00000000-0000-0000-0000-000000000000'." + _trace,
            "'issuer.example' issued no access token for 'alice' (invalid_client): AADSTS7000215: Invalid client secret provided. Ensure "
                + "the "
                + "secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app "
                + "'00000000-0000-0000-0000-000000000000'.",
            "The client secret is wrong. Give its value"
        },
        {
            "invalid_client", "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or "
                + "'client_secret'." + _trace,
            "'issuer.example' issued no access token for 'alice' (invalid_client): AADSTS7000218: The request body must contain the "
                + "following "
                + "parameter: 'client_assertion' or 'client_secret'.",
            "The application is registered as one with a secret."
        },
        {
            "unauthorized_client", "AADSTS700016: Application with identifier '6731de76-14a6-49ae-97bc-6eba6914391e' was not found in the "
                + "directory 'Contoso'.",
            "'issuer.example' issued no access token for 'alice' (unauthorized_client): AADSTS700016: Application with identifier "
                + "'6731de76-14a6-49ae-97bc-6eba6914391e' was not found in the directory 'Contoso'.",
            "The organization does not know the application. Check -ClientId"
        },
        {
            "invalid_grant", "AADSTS65001: The user or administrator has not consented to use the application with ID "
                + "'6731de76-14a6-49ae-97bc-6eba6914391e' named 'mail'. Send an interactive authorization request for this user and "
                + "resource.",
            "'issuer.example' issued no access token for 'alice' (invalid_grant): AADSTS65001: The user or administrator has not "
                + "consented to "
                + "use the application with ID '6731de76-14a6-49ae-97bc-6eba6914391e' named 'mail'. Send an interactive authorization "
                + "request "
                + "for this user and resource.",
            "Nobody has allowed the application to read mail."
        },
        {
            "invalid_grant", "AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a new "
                + "location, you "
                + "must use multi-factor authentication to access '00000002-0000-0ff1-ce00-000000000000'.",
            "'issuer.example' issued no access token for 'alice' (invalid_grant): AADSTS50076: Due to a configuration change made by your "
                + "administrator, or because you moved to a new location, you must use multi-factor authentication to access "
                + "'00000002-0000-0ff1-ce00-000000000000'.",
            "The organization wants more than this login proves."
        },
        {
            "invalid_grant", "Token has been expired or revoked.",
            "'issuer.example' issued no access token for 'alice' (invalid_grant): Token has been expired or revoked.",
            "The login has expired or was revoked."
        },
        {
            "invalid_request", "client_secret is missing.",
            "'issuer.example' issued no access token for 'alice' (invalid_request): client_secret is missing.",
            "Give the -ClientSecret that belongs to the -ClientId."
        },
        {
            "invalid_client", "The OAuth client was not found.",
            "'issuer.example' issued no access token for 'alice' (invalid_client): The OAuth client was not found.",
            "Check -ClientId."
        },
        { "expired_token", "", "'issuer.example' issued no access token for 'alice' (expired_token).", "The code was not used in time." },
    };

    /// <summary>Answers of mail servers: the status, the challenge, the claims of the token, the message, and what to do.</summary>
    public static TheoryData<string, string, string, string, string> Servers => new()
    {
        // Gmail, https://developers.google.com/workspace/gmail/imap/xoauth2-protocol.
        {
            "NO SASL authentication failed", """{"status":"401","schemes":"bearer mac","scope":"https://mail.google.com/"}""", "",
            "did not accept the access token of 'alice': SASL authentication failed (status 401, schemes bearer mac, scope "
                + "https://mail.google.com/)",
            "Check that the token is for this server and this user"
        },
        {
            "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
            """{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}""", "",
            "did not accept the access token of 'alice': Invalid credentials (Failure) (status 400, schemes Bearer, scope "
                + "https://mail.google.com/)",
            "Check that the token is for this server and this user"
        },
        {
            "NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP "
                + "access. (Failure)", "", "",
            "did not accept the access token of 'alice': Your account is not enabled for IMAP use. Please visit your Gmail settings page "
                + "and "
                + "enable your account for IMAP access. (Failure)",
            "IMAP is switched off for this mailbox."
        },
        {
            "NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)", "", "",
            "did not accept the access token of 'alice': Application-specific password required: "
                + "https://support.google.com/accounts/answer/185833 (Failure)",
            "The provider wants a password made for applications."
        },
        {
            "NO [ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)", "", "",
            "did not accept the access token of 'alice': Please log in via your web browser: "
                + "https://support.google.com/mail/accounts/answer/78754 (Failure)",
            "The provider wants to see the user first."
        },

        // Dovecot, and RFC 7628, 4.3.
        {
            "NO [AUTHENTICATIONFAILED] Authentication failed.", """{"status":"invalid_token","scope":"mail"}""", """{"exp":1700000000}""",
            "did not accept the access token of 'alice': Authentication failed. (status invalid_token, scope mail)",
            "The token expired at 2023-11-14 22:13:20Z."
        },
        {
            "NO AUTHENTICATE failed.", "not base64", """{"upn":"bob@contoso.example"}""",
            "did not accept the access token of 'alice': AUTHENTICATE failed.",
            "The token is for 'bob@contoso.example', who has to have the right to open the mailbox of 'alice'."
        },
        { "NO", "", "", "did not accept the access token of 'alice'.", "Check that the token" },
    };

    /// <summary>Exchange says the same of all of these; the token says what is wrong.</summary>
    public static TheoryData<string, string> Tokens => new()
    {
        {
            """{"aud":"https://graph.microsoft.com","scp":"IMAP.AccessAsUser.All","upn":"alice"}""",
            $"The token is for https://graph.microsoft.com, and not for {Outlook}. Ask for the scope {Outlook}/IMAP.AccessAsUser.All, or "
                + $"{Outlook}/.default for a job."
        },
        {
            """{"aud":"https://outlook.office365.com","scp":"Mail.Read SMTP.Send","upn":"alice"}""",
            "The token allows Mail.Read SMTP.Send, and not IMAP.AccessAsUser.All. Add that permission to the application, and log in again."
        },
        {
            """{"aud":"00000002-0000-0ff1-ce00-000000000000","roles":["Mail.ReadWrite"]}""",
            "The application does not have the permission IMAP.AccessAsApp (Office 365 Exchange Online), with the consent of an "
                + "administrator."
        },
        {
            """{"aud":"https://outlook.office.com/","roles":["IMAP.AccessAsApp"]}""",
            "The application needs its service principal in Exchange (New-ServicePrincipal, with the object ID of the enterprise "
                + "application) "
                + "and the right to the mailbox (Add-MailboxPermission)."
        },
    };

    [Theory]
    [MemberData(nameof(Issuers))]
    public void An_issuer_refuses(string error, string description, string message, string remedy)
    {
        ImapException refused = Failures.IssuerRefused("issuer.example", "alice", error, description);
        Assert.Equal(ImapErrorId.AuthenticationFailed, refused.Id);
        Assert.Equal(message, refused.Message);
        Assert.StartsWith(remedy, refused.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_server_refuses(string answer, string challenge, string claims, string message, string remedy)
    {
        Server.Capabilities = "IMAP4rev1 SASL-IR AUTH=XOAUTH2";
        string encoded = challenge.StartsWith('{') ? Convert.ToBase64String(Encoding.UTF8.GetBytes(challenge)) : challenge;
        Server.On("AUTHENTICATE", ScriptedReply.Raw(command => (encoded.Length > 0 ? $"+ {encoded}\r\n" : "") + $"{command.Tag} "
            + $"{answer}\r\n"));
        ErrorRecord error = AssertError(
            Run("Connect-Imap 127.0.0.1 -Port $port -Security None -AllowPlaintext -AccessToken $token -UserName alice -RetryCount 0",
                ("token", Jwt(claims))),
            "AuthenticationFailed");
        Assert.Equal("'127.0.0.1' " + message, error.Exception.Message);
        Assert.StartsWith(remedy, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void A_token_shows_why_Exchange_refuses_it(string claims, string remedy)
    {
        var refusal = new TokenRefusal("outlook.office365.com", "alice", new Token(Jwt(claims)), "AUTHENTICATE failed.", challenge: null);
        Assert.Equal(remedy, Failures.TokenRefused(refusal, inner: null).RecommendedAction);
    }

    [Theory]
    [InlineData("NAMESPACE", "AuthenticationFailed")]
    [InlineData("LIST", "AuthenticationFailed")]
    [InlineData("EXAMINE", "CommandRejected")]
    public void Exchange_opens_no_mailbox(string first, string id)
    {
        Server.Capabilities = "IMAP4rev1 SASL-IR AUTH=XOAUTH2 NAMESPACE";
        Server.On("AUTHENTICATE", "OK AUTHENTICATE completed.");
        Server.On(first, "BAD User is authenticated but not connected.");
        EngineResult result = Run("$ErrorActionPreference = 'Stop'; $null = Connect-Imap 127.0.0.1 -Port $port -Security None "
            + "-AllowPlaintext "
            + "-AccessToken $token -UserName alice -RetryCount 0; Get-ImapMessage INBOX", ("token", "opaque"));
        ErrorRecord error = AssertError(result, id);
        Assert.EndsWith(": User is authenticated but not connected.", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("New-ServicePrincipal", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    private static string Jwt(string claims) => claims.Length == 0 ? "opaque" : $"e30.{Encode(claims)}.c2ln";

    private static string Encode(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

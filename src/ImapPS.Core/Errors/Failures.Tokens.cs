using System;
using System.Collections.Generic;
using System.Globalization;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <summary>What can go wrong with access tokens.</summary>
internal static partial class Failures
{
    private const int LongestDescription = 500;

    private const string NameProvider = "Give the name of a provider, or the address of an issuer: https://login.example.org.";

    /// <summary>A failure for good, told to whoever tries again.</summary>
    public static ImapException Again(ImapException end) =>
        new(end.Id, end.Message, end.RecommendedAction, end.Target, end.InnerException);

    /// <summary>The mail server does not take the token.</summary>
    public static ImapException TokenRefused(TokenRefusal refusal, Exception? inner) =>
        new(ImapErrorId.AuthenticationFailed,
            $"'{refusal.Server}' did not accept the access token of "
                + $"'{refusal.User}'{(refusal.Said.Length == 0 ? "." : ": " + refusal.Said)}",
            refusal.Remedy,
            refusal.User,
            inner);

    /// <summary>Exchange's way to say, after the login, that there is no mailbox.</summary>
    public static ImapException NotConnected(string words) =>
        new(ImapErrorId.AuthenticationFailed, $"The server opens no mailbox: {words}", ServerRemedies.Find(words)!);

    /// <summary>The authorization server issues no token.</summary>
    /// <param name="host">The issuer.</param>
    /// <param name="user">Whose token it was to be, if that is known.</param>
    /// <param name="error">The error code.</param>
    /// <param name="description">What the issuer says to it.</param>
    public static ImapException IssuerRefused(string host, string? user, string error, string description)
    {
        string words = Brief(description);
        return new ImapException(ImapErrorId.AuthenticationFailed,
            $"'{host}' issued no access token{(user is null ? string.Empty : $" for '{user}'")} "
                + $"({error}){(words.Length == 0 ? "." : ": " + words)}",
            IssuerRemedies.Find(error, description),
            user);
    }

    public static ImapException NoToken(string host) =>
        new(ImapErrorId.ProtocolError, $"'{host}' answered without an access token.", "Check -OAuth: it may not be an issuer.", host);

    public static ImapException AnswerUseless(string host, string what) =>
        new(ImapErrorId.ProtocolError, $"'{host}' answered with {what}.", "Check -OAuth: it may not be an issuer.", host);

    public static ImapException IssuerUnreachable(string host, Exception why) =>
        new(ImapErrorId.ConnectionFailed, $"The authorization server '{host}' could not be asked: {HttpReason.Of(why)}",
            "Check -OAuth and the connection to it. A proxy is taken from HTTPS_PROXY.", host, HttpReason.Harmless(why));

    public static ImapException IssuerTimeout(string host, int seconds, Exception inner) =>
        new(ImapErrorId.Timeout, $"The authorization server '{host}' did not answer within {DisplayText.Count(seconds, "second")}.",
            "Check -OAuth and the connection to it. If it is slow, use a larger -TimeoutSeconds. A proxy is taken from HTTPS_PROXY.",
            host, HttpReason.Harmless(inner));

    public static ImapException IssuerBusy(string host, string words) =>
        new(ImapErrorId.ServerBusy, $"The authorization server '{host}' refuses for the moment: {words}", "Try again later.", host);

    public static ImapException NoIssuer(string address, string why) =>
        ArgumentInvalid($"There is no authorization server at '{address}': {why}", NameProvider, address);

    public static ImapException CredentialInIssuer() =>
        ArgumentInvalid("A user name or a password does not belong in the URL of an issuer.", "Leave it out. The user logs in in the "
            + "browser, and the application with -ClientSecret or -ClientCertificate.");

    public static ImapException IssuerInvalid(string address, IEnumerable<string> names) =>
        ArgumentInvalid($"'{address}' is neither a provider ({string.Join(", ", names)}) nor an address that begins with https://.",
            NameProvider, address);

    public static ImapException AnswerOfAnother(string host) =>
        AnswerUseless(host, "a login that another issuer answered. It was not used");

    public static ImapException NoEndpoint(string host, string name) =>
        new(ImapErrorId.NotSupportedByServer, $"'{host}' has no {name} endpoint.", name switch
        {
            "device authorization" => "Log in another way: in the browser, or with -ClientSecret.",
            "authorization" => "Log in another way: with -DeviceCode, or with -ClientSecret.",
            _ => "Check -OAuth: it may not be an issuer.",
        }, host);

    public static ImapException UnsafeEndpoint(string host, string name) =>
        new(ImapErrorId.PlaintextRefused, $"The {name} endpoint of '{host}' is not encrypted. Nothing was sent to it.",
            "Check -OAuth. The administrator of the issuer can correct it.", host);

    public static ImapException TenantNotUsed(string provider) =>
        ArgumentInvalid($"-TenantId is for Microsoft365, and not for {provider}.", "Leave it out.");

    public static ImapException TenantInvalid(string tenant) =>
        ArgumentInvalid($"'{tenant}' is no tenant.", "Give the ID of the tenant or one of its domains: contoso.onmicrosoft.com.", tenant);

    public static ImapException TenantNeeded() =>
        ArgumentInvalid("An application logs in to one tenant, and none is given.", "Give -TenantId.");

    public static ImapException DeviceCodeUseless(string why) =>
        ArgumentInvalid(why, "Log in in the browser: leave out -DeviceCode. On a computer without one, get a token elsewhere with "
            + "Get-ImapAccessToken, and give its refresh token to -RefreshToken here.");

    public static ImapException MailboxNeeded() =>
        ArgumentInvalid("An application has no mailbox of its own, and -UserName is not given.", "Give the address of the mailbox to "
            + "-UserName.");

    public static ImapException UserNameMissing() =>
        ArgumentInvalid("The access token does not say whose it is.", "Give the user name to -UserName.");

    public static ImapException ServerMissing(string issuer) =>
        ArgumentInvalid($"No server is given, and the one for '{issuer}' is not known.", "Give the name of the mail server to -Server.");

    public static ImapException NoTokenGiven(string what) =>
        ArgumentInvalid($"-AccessToken was given {what}, and no access token.",
            "Give a SecureString, text, a script block, the output of Get-ImapAccessToken, or an object with the property Token or "
                + "AccessToken.");

    /// <param name="what">What the script block returned.</param>
    /// <param name="error">What it wrote as an error; null for nothing.</param>
    public static ImapException NotAToken(string what, string? error) =>
        new(ImapErrorId.ArgumentInvalid,
            $"The script block of -AccessToken returned {what}{(error is null ? "." : $", and wrote the error: {error}")}",
            "It has to return the token: a SecureString, text, or an object with the property Token or AccessToken. A variable that it "
                + "uses has to be there whenever the session needs a token: take $global:, or GetNewClosure().");

    public static ImapException TokenNotAsked(Exception inner) =>
        new(ImapErrorId.AuthenticationFailed, $"The script block of -AccessToken failed: {inner.Message}",
            "Run the script block by itself. In another runspace, such as ForEach-Object -Parallel, it finds none of the variables of "
                + "its own.");

    public static ImapException TokenInClear(string server) =>
        new(ImapErrorId.PlaintextRefused, $"The connection to '{server}' is not encrypted. The access token was not sent.",
            "Use -Security Tls or StartTls. If you trust the network, you can add -AllowPlaintext.", server);

    public static ImapException NoTokenMechanism(string server, IEnumerable<string> offered) =>
        new(ImapErrorId.NotSupportedByServer,
            $"'{server}' takes no access tokens: it offers neither OAUTHBEARER nor XOAUTH2. Offered: {string.Join(", ", offered)}.",
            "Log in with -Credential.", server);

    public static ImapException CertificateCannotSign(string subject) =>
        ArgumentInvalid($"The certificate '{subject}' has no private key that can sign (RSA, or ECDSA on P-256).",
            "Give a certificate with its private key: Get-PfxCertificate job.pfx, or Get-Item Cert:\\CurrentUser\\My\\<thumbprint>.");

    public static ImapException NoBrowser(Exception? inner) =>
        new(ImapErrorId.ArgumentInvalid, "No browser can be opened here for the login.",
            "Add -DeviceCode: it shows a code to enter in a browser on any other device.", target: null, inner);

    public static ImapException NoLoopback(Exception inner) =>
        new(ImapErrorId.Unexpected, $"No port of this computer can be opened for the answer of the browser: {inner.Message}",
            "Add -DeviceCode: it shows a code to enter in a browser on any other device.", target: null, inner);

    public static ImapException NobodyLoggedIn(TimeSpan patience, Exception inner) =>
        new(ImapErrorId.Timeout,
            string.Format(CultureInfo.InvariantCulture, "Nobody has logged in in the browser within {0}.",
                DisplayText.Count((long)patience.TotalMinutes, "minute")),
            "Run the command again. If no browser opened, add -DeviceCode.", target: null, inner);

    /// <summary>What an issuer says, without the numbers for its support.</summary>
    private static string Brief(string description)
    {
        int end = description.IndexOf("Trace ID:", StringComparison.Ordinal);
        return DisplayText.Short((end < 0 ? description : description.Substring(0, end)).Trim(), LongestDescription);
    }
}

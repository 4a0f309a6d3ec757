using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using ImapPS.Models;

namespace ImapPS.Discovery;

/// <summary>The table of known providers. docs/connecting.md tells the same at length, with the addresses of the sources.</summary>
internal static class KnownProviders
{
    private const string CodeNote =
        "accepts an authorization code, not the password of the account. Create one in the settings of the web mail, where IMAP is "
            + "switched on.";

    private static readonly KnownProvider[] _all =
    [
        new("Microsoft 365", "outlook.office365.com", ImapServerLogin.OAuth,
            "Microsoft accepts no password for IMAP, not even an app password. Connect with -OAuth Microsoft365 and -ClientId.")
        {
            OtherServers = ["imap-mail.outlook.com", "outlook.office.com", "imap.outlook.com"],
            Domains = ["outlook.com", "hotmail.com", "live.com", "msn.com", "passport.com", "windowslive.com", "hotmail.co.uk",
                "hotmail.fr", "hotmail.de", "hotmail.it", "hotmail.es", "outlook.de", "outlook.fr", "outlook.es", "outlook.it",
                "live.co.uk", "live.de", "live.fr", "live.it", "live.nl", ".onmicrosoft.com"],
            MailHosts = Hosts(@"\.protection\.outlook\.com\z|\.mx\.microsoft\z"),
        },
        new("Gmail", "imap.gmail.com", ImapServerLogin.AppPassword,
            "Google accepts an app password, not the password of the account. Create one at https://myaccount.google.com/apppasswords, "
                + "or connect with -OAuth Google and -ClientId. Organizations can switch app passwords off.")
        {
            OtherServers = ["imap.googlemail.com"],
            Domains = ["gmail.com", "googlemail.com"],
            MailHosts = Hosts(@"(\A|\.)(google|googlemail)\.com\z"),
        },
        new("AOL", "imap.aol.com", ImapServerLogin.AppPassword,
            "AOL accepts an app password, not the password of the account. Create one at https://login.aol.com/account/security.")
        {
            Domains = ["aol.com", "aim.com", "aol.de", "aol.fr", "aol.co.uk"],
            MailHosts = Hosts(@"\Amx-aol\.mail\.([a-z0-9-]+\.)*yahoodns\.net\z"),
        },
        new("Yahoo", "imap.mail.yahoo.com", ImapServerLogin.AppPassword,
            "Yahoo accepts an app password, not the password of the account. Create one at https://login.yahoo.com/account/security.")
        {
            Domains = ["yahoo.com", "ymail.com", "rocketmail.com", "myyahoo.com", "yahoo.ca", "yahoo.co.in", "yahoo.co.uk",
                "yahoo.com.au", "yahoo.com.br", "yahoo.de", "yahoo.es", "yahoo.fr", "yahoo.in", "yahoo.it"],
            MailHosts = Hosts(@"\.yahoodns\.net\z"),
        },
        new("iCloud", "imap.mail.me.com", ImapServerLogin.AppPassword,
            "Apple accepts an app-specific password, not the password of the account. Create one at https://account.apple.com. The user "
                + "name is the part of the iCloud address before the @, or the whole address if that is refused.")
        {
            Domains = ["icloud.com", "me.com", "mac.com"],
            MailHosts = Hosts(@"\.mail\.icloud\.com\z"),
            TakesLocalPart = true,
        },
        new("Fastmail", "imap.fastmail.com", ImapServerLogin.AppPassword,
            "Fastmail accepts an app password, not the password of the account. Create one at "
                + "https://app.fastmail.com/settings/security, under app passwords.")
        {
            Domains = ["fastmail.com", "fastmail.fm", "fastmail.net", "fastmail.org", "fastmail.de", "fastmail.co.uk",
                "messagingengine.com"],
            MailHosts = Hosts(@"\.messagingengine\.com\z"),
        },
        new("Proton Mail Bridge", "127.0.0.1", ImapServerLogin.AppPassword,
            "Proton Mail is reached through Proton Mail Bridge, which has to run on this computer. The password is the one that Bridge "
                + "shows. Bridge signs its certificate itself: give its thumbprint to -CertificateThumbprint.")
        {
            Port = 1143,
            Security = ImapSecurity.StartTls,
            OtherServers = ["localhost", "::1", "[::1]"],
            Domains = ["proton.me", "protonmail.com", "pm.me", "protonmail.ch"],
            MailHosts = Hosts(@"\.protonmail\.ch\z"),
        },
        Code("NetEase 163", "imap.163.com", "163.com"),
        Code("NetEase 126", "imap.126.com", "126.com"),
        Code("NetEase yeah.net", "imap.yeah.net", "yeah.net"),
        Code("QQ Mail", "imap.qq.com", "qq.com", "foxmail.com"),
        SwitchedOn("GMX", "imap.gmx.net", "gmx.net", "gmx.de", "gmx.at", "gmx.ch"),
        SwitchedOn("GMX", "imap.gmx.com", "gmx.com", "gmx.us", "gmx.co.uk"),
        SwitchedOn("WEB.DE", "imap.web.de", "web.de"),
    ];

    public static IReadOnlyList<KnownProvider> All => _all;

    /// <summary>The provider of a domain's mailboxes; null when it is not known.</summary>
    public static KnownProvider? OfDomain(string domain) => Array.Find(_all, provider => provider.Owns(domain));

    /// <summary>The provider whose server this is; null when it is not known.</summary>
    public static KnownProvider? OfServer(string host, int port) => Array.Find(_all, provider => provider.Serves(host, port));

    /// <summary>The provider that takes mail on this host; null when it is not known.</summary>
    public static KnownProvider? OfMailHost(string host) =>
        Array.Find(_all, provider => provider.MailHosts is { } hosts && hosts.IsMatch(host));

    private static KnownProvider Code(string name, string server, params string[] domains) =>
        new(name, server, ImapServerLogin.AppPassword, $"{name} {CodeNote}") { Domains = domains };

    private static KnownProvider SwitchedOn(string name, string server, params string[] domains) =>
        new(name, server, ImapServerLogin.Password,
            $"{name} lets programs in once IMAP is switched on in the settings of the web mail. With two-factor authentication it wants "
                + "a password made for applications.")
        {
            Domains = domains,
        };

    private static Regex Hosts(string pattern) => new(
        pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}

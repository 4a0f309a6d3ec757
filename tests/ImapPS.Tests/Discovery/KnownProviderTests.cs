using ImapPS.Discovery;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Tests.Discovery;

public sealed class KnownProviderTests
{
    [Theory]
    [InlineData("alice@outlook.com", "outlook.office365.com:993", "alice@outlook.com", ImapServerLogin.OAuth)]
    [InlineData("alice@contoso.onmicrosoft.com", "outlook.office365.com:993", "alice@contoso.onmicrosoft.com", ImapServerLogin.OAuth)]
    [InlineData("alice@gmail.com", "imap.gmail.com:993", "alice@gmail.com", ImapServerLogin.AppPassword)]
    [InlineData("alice@yahoo.co.uk", "imap.mail.yahoo.com:993", "alice@yahoo.co.uk", ImapServerLogin.AppPassword)]
    [InlineData("alice@me.com", "imap.mail.me.com:993", "alice", ImapServerLogin.AppPassword)]
    [InlineData("alice@fastmail.com", "imap.fastmail.com:993", "alice@fastmail.com", ImapServerLogin.AppPassword)]
    [InlineData("alice@163.com", "imap.163.com:993", "alice@163.com", ImapServerLogin.AppPassword)]
    [InlineData("alice@proton.me", "127.0.0.1:1143", "alice@proton.me", ImapServerLogin.AppPassword)]
    public void A_domain_of_the_table_needs_no_question(string address, string server, string user, ImapServerLogin login)
    {
        Assert.True(MailboxAddress.TryParse(address, out MailboxAddress? mailbox));
        ImapServer found = KnownProviders.OfDomain(mailbox.Domain)!.For(mailbox, ImapServerSource.KnownProvider);
        Assert.Equal((server, user, login), (found.ToString(), found.UserName, found.Login));
        Assert.NotEmpty(found.Note);
    }

    [Theory]
    [InlineData("contoso-com.mail.protection.outlook.com", "Microsoft 365")]
    [InlineData("contoso-com.v-v1.mx.microsoft", "Microsoft 365")]
    [InlineData("outlook-fr.olc.protection.outlook.com", "Microsoft 365")]
    [InlineData("aspmx.l.google.com", "Gmail")]
    [InlineData("aspmx2.googlemail.com", "Gmail")]
    [InlineData("mx-eu.mail.am0.yahoodns.net", "Yahoo")]
    [InlineData("mx-aol.mail.gm0.yahoodns.net", "AOL")]
    [InlineData("mx01.mail.icloud.com", "iCloud")]
    [InlineData("in1-smtp.messagingengine.com", "Fastmail")]
    [InlineData("mail.protonmail.ch", "Proton Mail Bridge")]
    [InlineData("mx.evilgoogle.com", null)]
    [InlineData("aspmx.l.google.com.evil.example", null)]
    [InlineData("mail.contoso.example", null)]
    public void The_host_of_a_domains_mail_tells_who_hosts_it(string host, string? provider) =>
        Assert.Equal(provider, KnownProviders.OfMailHost(host)?.Name);

    [Theory]
    [InlineData("OUTLOOK.office365.com", 143, "Microsoft 365")]
    [InlineData("imap.googlemail.com", 993, "Gmail")]
    [InlineData("127.0.0.1", 1143, "Proton Mail Bridge")]
    [InlineData("localhost", 993, null)]
    [InlineData("mail.contoso.example", 993, null)]
    public void A_server_is_known_by_its_name(string host, int port, string? provider) =>
        Assert.Equal(provider, KnownProviders.OfServer(host, port)?.Name);

    [Fact]
    public void The_table_names_no_domain_and_no_server_twice()
    {
        Assert.Equal([], KnownProviders.All.SelectMany(provider => provider.Domains).GroupBy(domain => domain)
            .Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.Equal([], KnownProviders.All.SelectMany(provider => provider.OtherServers.Append(provider.Server)).GroupBy(server => server)
            .Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Theory]
    [InlineData("imap.gmail.com", "LOGIN", "apppasswords")]
    [InlineData("outlook.office365.com", null, "-OAuth Microsoft365")]
    [InlineData("outlook.office365.com", "XOAUTH2", "Check the user name")]
    [InlineData("mail.contoso.example", "PLAIN", "Check the user name")]
    public void A_refused_password_is_told_what_the_provider_wants(string server, string? mechanism, string remedy) =>
        Assert.Contains(remedy, Failures.AuthenticationFailed(server, "alice", "Invalid credentials (Failure)", [], mechanism: mechanism)
            .RecommendedAction, StringComparison.Ordinal);
}

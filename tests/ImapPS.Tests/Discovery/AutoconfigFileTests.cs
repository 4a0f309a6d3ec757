using System.Text;
using System.Xml;
using ImapPS.Discovery;
using ImapPS.Models;

namespace ImapPS.Tests.Discovery;

public sealed class AutoconfigFileTests
{
    private const string Server =
        "<incomingServer type='imap'><hostname>imap.own.example</hostname><port>993</port><socketType>SSL</socketType></incomingServer>";

    [Fact]
    public void The_servers_come_in_the_order_of_the_file()
    {
        IReadOnlyList<ImapServer> servers = Read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <clientConfig version="1.1">
              <emailProvider id="contoso.example">
                <domain>contoso.example</domain>
                <incomingServer type="pop3">
                  <hostname>pop.contoso.example</hostname><port>995</port><socketType>SSL</socketType>
                </incomingServer>
                <incomingServer type="imap">
                  <hostname>Imap.Hoster.Example</hostname><port>993</port><socketType>SSL</socketType>
                  <username>%EMAILLOCALPART%</username>
                  <authentication>OAuth2</authentication><authentication>password-cleartext</authentication>
                </incomingServer>
                <incomingServer type="imap">
                  <hostname>imap.%EMAILDOMAIN%</hostname><port> 143 </port><socketType>STARTTLS</socketType>
                  <username>%EMAILADDRESS%</username><authentication>OAuth2</authentication>
                </incomingServer>
                <incomingServer type="imap">
                  <hostname>imap.gmail.com</hostname><port>993</port><socketType>SSL</socketType>
                </incomingServer>
                <outgoingServer type="smtp">
                  <hostname>smtp.contoso.example</hostname><port>465</port><socketType>SSL</socketType>
                </outgoingServer>
              </emailProvider>
            </clientConfig>
            """);
        Assert.Equal(
            [
                ("imap.hoster.example:993", ImapSecurity.Tls, "alice", ImapServerLogin.Password),
                ("imap.contoso.example:143", ImapSecurity.StartTls, "alice@contoso.example", ImapServerLogin.OAuth),
                ("imap.gmail.com:993", ImapSecurity.Tls, "alice@contoso.example", ImapServerLogin.AppPassword),
            ],
            servers.Select(server => (server.ToString(), server.Security, server.UserName, server.Login)));
        Assert.All(servers, server => Assert.True(server.IsTrusted));
        Assert.All(servers, server => Assert.Equal(ImapServerSource.Autoconfig, server.Source));
    }

    [Theory]
    [InlineData("<socketType>plain</socketType>")]
    [InlineData("<socketType></socketType>")]
    [InlineData("<port>0</port>")]
    [InlineData("<port>65536</port>")]
    [InlineData("<port>-1</port>")]
    [InlineData("<port>٩٩٣</port>")]
    [InlineData("<hostname>imap contoso</hostname>")]
    [InlineData("<hostname>imap.contoso.example/x</hostname>")]
    [InlineData("<hostname>-x</hostname>")]
    [InlineData("<hostname></hostname>")]
    public void A_server_that_cannot_be_used_is_left_out(string instead)
    {
        string name = instead[1..instead.IndexOf('>', StringComparison.Ordinal)];
        var values = new Dictionary<string, string>
        {
            ["hostname"] = "<hostname>imap.contoso.example</hostname>",
            ["port"] = "<port>993</port>",
            ["socketType"] = "<socketType>SSL</socketType>",
        };
        Assert.Single(Read(File(values.Values)));
        values[name] = instead;
        Assert.Empty(Read(File(values.Values)));
    }

    [Theory]
    [InlineData("%OTHER%")]
    [InlineData("a&#x202E;b")]
    [InlineData("a&#10;b")]
    [InlineData("")]
    public void What_cannot_be_a_user_name_is_the_address(string name) =>
        Assert.Equal(
            "alice@contoso.example",
            Assert.Single(Read(File([
                "<hostname>imap.contoso.example</hostname><port>993</port><socketType>SSL</socketType>", $"<username>{name}</username>",
            ]))).UserName);

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><clientConfig>&a;</clientConfig>")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><clientConfig/>")]
    [InlineData("<html><body>Not found")]
    [InlineData("")]
    public void What_is_no_such_file_or_wants_more_than_itself_is_not_read(string text) => Assert.Throws<XmlException>(() => Read(text));

    [Fact]
    public void Only_so_many_servers_are_read() =>
        Assert.Equal(20, Read("<a>" + string.Concat(Enumerable.Repeat(Server, 100)) + "</a>").Count);

    private static string File(IEnumerable<string> values) =>
        $"<clientConfig><incomingServer type='imap'>{string.Concat(values)}</incomingServer></clientConfig>";

    private static IReadOnlyList<ImapServer> Read(string text)
    {
        Assert.True(MailboxAddress.TryParse("alice@contoso.example", out MailboxAddress? mailbox));
        return AutoconfigFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), mailbox);
    }
}

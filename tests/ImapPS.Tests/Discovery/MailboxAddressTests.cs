using ImapPS.Discovery;

namespace ImapPS.Tests.Discovery;

public sealed class MailboxAddressTests
{
    [Theory]
    [InlineData("alice@contoso.example", "alice", "contoso.example")]
    [InlineData(" Alice.O'Hara+list@Mail.Contoso.Example ", "Alice.O'Hara+list", "mail.contoso.example")]
    [InlineData("anna@münchen.example", "anna", "xn--mnchen-3ya.example")]
    [InlineData("jörg@contoso.example.", "jörg", "contoso.example")]
    public void What_is_an_address_of_a_mailbox_is_read_as_one(string text, string localPart, string domain)
    {
        Assert.True(MailboxAddress.TryParse(text, out MailboxAddress? address));
        Assert.Equal((localPart, domain), (address.LocalPart, address.Domain));
        Assert.Equal(text.Trim().TrimEnd('.'), address.Text);
    }

    [Theory]
    [InlineData("mail.contoso.example")]
    [InlineData("imaps://alice@contoso.example")]
    [InlineData("alice@contoso.example:993")]
    [InlineData("alice:secret@contoso.example")]
    [InlineData("alice;AUTH=PLAIN@contoso.example")]
    [InlineData("alice@localhost")]
    [InlineData("alice@192.0.2.1")]
    [InlineData("alice@[::1]")]
    [InlineData("a@b@contoso.example")]
    [InlineData("@contoso.example")]
    [InlineData("alice@")]
    [InlineData("alice@-contoso.example")]
    [InlineData("alice@contoso..example")]
    [InlineData("alice@contoso.example/INBOX")]
    [InlineData("alice@con\u001btoso.example")]
    [InlineData("ali\u202Ece@contoso.example")]
    [InlineData("Alice <alice@contoso.example>")]
    [InlineData("")]
    public void What_names_a_server_or_nothing_is_not(string text) => Assert.False(MailboxAddress.TryParse(text, out _));

    [Theory]
    [InlineData("192.0.2.53", "192.0.2.53:53")]
    [InlineData(" 192.0.2.53:5353 ", "192.0.2.53:5353")]
    [InlineData("2001:db8::53", "[2001:db8::53]:53")]
    [InlineData("[2001:db8::53]", "[2001:db8::53]:53")]
    [InlineData("[2001:db8::53]:5353", "[2001:db8::53]:5353")]
    public void A_DNS_server_is_an_address_and_a_port(string text, string endPoint) =>
        Assert.Equal(endPoint, DnsServerAddress.Parse(text)!.ToString());

    [Theory]
    [InlineData("53")]
    [InlineData("dns.example")]
    [InlineData("192.0.2.53:0")]
    [InlineData("192.0.2.53:99999")]
    [InlineData("192.0.2")]
    [InlineData("[::1")]
    public void Nothing_else_is_a_DNS_server(string text) =>
        Assert.Throws<ImapPS.Errors.ImapException>(() => DnsServerAddress.Parse(text));
}

using System.Net;
using System.Text;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Tests.Sessions;

public sealed class SessionLogicTests
{
    [Theory]
    [InlineData("mail.example.org", null, ImapSecurity.Auto, "mail.example.org", 993, ImapSecurity.Tls, null)]
    [InlineData("mail.example.org", 143, ImapSecurity.Auto, "mail.example.org", 143, ImapSecurity.StartTls, null)]
    [InlineData("mail.example.org", 3993, ImapSecurity.Auto, "mail.example.org", 3993, ImapSecurity.StartTls, null)]
    [InlineData("mail.example.org", null, ImapSecurity.StartTls, "mail.example.org", 143, ImapSecurity.StartTls, null)]
    [InlineData("mail.example.org", null, ImapSecurity.None, "mail.example.org", 143, ImapSecurity.None, null)]
    [InlineData("mail.example.org:143", null, ImapSecurity.Auto, "mail.example.org", 143, ImapSecurity.StartTls, null)]
    [InlineData("imap://mail.example.org", null, ImapSecurity.Auto, "mail.example.org", 143, ImapSecurity.StartTls, null)]
    [InlineData("imaps://mail.example.org", null, ImapSecurity.Auto, "mail.example.org", 993, ImapSecurity.Tls, null)]
    [InlineData("imaps://mail.example.org:3993/", null, ImapSecurity.Auto, "mail.example.org", 3993, ImapSecurity.Tls, null)]
    [InlineData("imap://alice@mail.example.org:1143", null, ImapSecurity.None, "mail.example.org", 1143, ImapSecurity.None, "alice")]
    [InlineData("imaps://alice%40example.org;AUTH=PLAIN@mail.example.org", null, ImapSecurity.Auto, "mail.example.org",
        993, ImapSecurity.Tls, "alice@example.org")]
    [InlineData("192.0.2.1", null, ImapSecurity.Auto, "192.0.2.1", 993, ImapSecurity.Tls, null)]
    [InlineData("::1", 143, ImapSecurity.Auto, "::1", 143, ImapSecurity.StartTls, null)]
    [InlineData("bücher.example", null, ImapSecurity.Auto, "xn--bcher-kva.example", 993, ImapSecurity.Tls, null)]
    public void Addresses(string server, int? port, ImapSecurity asked, string host, int chosen, ImapSecurity security, string? user) =>
        Assert.Equal(new ServerAddress(host, chosen, security, user), ServerAddress.Parse(server, port, asked));

    [Theory]
    [InlineData("pop://mail.example.org")]
    [InlineData("imap://")]
    [InlineData("imap://user:password@mail.example.org")]
    [InlineData("mail example org")]
    [InlineData("imap://mail.example.org/INBOX")]
    [InlineData("mail.example.org :993")]
    [InlineData("mail.example.org: 993")]
    [InlineData("imaps:// mail.example.org")]
    [InlineData("imaps://mail.example.org :993")]
    [InlineData("mail.example.org:-1")]
    [InlineData(" ")]
    public void No_addresses(string server) =>
        Assert.Equal(ImapErrorId.ArgumentInvalid,
            Assert.Throws<ImapException>(() => ServerAddress.Parse(server, null, ImapSecurity.Auto)).Id);

    [Theory]
    [InlineData("localhost:0")]
    [InlineData("localhost:00")]
    [InlineData("localhost:65536")]
    [InlineData("localhost:4294968289")]
    [InlineData("localhost:99999999999999999999")]
    [InlineData("imaps://localhost:0")]
    [InlineData("imap://user@localhost:65536/")]
    [InlineData("[::1]:0")]
    [InlineData("imaps://[::1]:70000")]
    public void No_ports(string server)
    {
        ImapException error = Assert.Throws<ImapException>(() => ServerAddress.Parse(server, null, ImapSecurity.Auto));
        Assert.Equal(ImapErrorId.ArgumentInvalid, error.Id);
        Assert.Contains("1 to 65535", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" mail.example.org")]
    [InlineData("mail.example.org ")]
    [InlineData("\tmail.example.org\r\n")]
    [InlineData(" imaps://mail.example.org ")]
    [InlineData("\u00a0mail.example.org\u00a0")]
    public void Blanks_around_an_address_are_none_of_it(string server) =>
        Assert.Equal(new ServerAddress("mail.example.org", 993, ImapSecurity.Tls, null),
            ServerAddress.Parse(server, null, ImapSecurity.Auto));

    [Theory]
    [InlineData("PLAIN LOGIN", true, "PLAIN")]
    [InlineData("LOGIN XOAUTH2", true, "LOGIN")]
    [InlineData("PLAIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256", false, "SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-256 SCRAM-SHA-256-PLUS", true, "SCRAM-SHA-256-PLUS")]
    [InlineData("SCRAM-SHA-256 SCRAM-SHA-256-PLUS", false, "SCRAM-SHA-256")]
    [InlineData("XOAUTH2 GSSAPI ANONYMOUS NTLM EXTERNAL", true, null)]
    [InlineData("", true, null)]
    public void One_mechanism(string offered, bool canBindChannel, string? chosen) =>
        Assert.Equal(chosen, SaslChoice.Best(offered.Split(' ', StringSplitOptions.RemoveEmptyEntries), canBindChannel));

    [Theory]
    [InlineData(1, 0, 0.5, 1)]
    [InlineData(1, 2, 0.5, 4)]
    [InlineData(1, 2, 0, 3)]
    [InlineData(1, 2, 1, 5)]
    [InlineData(1, 30, 0.5, 60)]
    [InlineData(0, 3, 1, 0)]
    public void Delays_double_with_jitter(double first, int attempt, double jitter, double expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), Backoff.Delay(TimeSpan.FromSeconds(first), attempt, jitter));

    [Fact]
    public void Thumbprints_are_compared_without_their_punctuation() =>
        Assert.Equal(new string('A', 64), CertificatePin.Read("aa:Aa aA-" + new string('a', 58)));

    [Theory]
    [InlineData("A00000001 NO [OVERQUOTA] full\r\n", "OVERQUOTA")]
    [InlineData("* OK [ALERT] hi\r\nA00000001 NO [BADCHARSET (US-ASCII)] no\r\n", "BADCHARSET")]
    [InlineData("A00000001 BAD [clientbug] no\r\n", "CLIENTBUG")]
    [InlineData("A00000001 OK [READ-ONLY] fine\r\n", "")]
    [InlineData("A00000001 NO just no\r\n", "")]
    [InlineData("NO [NOPERM\r\n", "")]
    public void Response_codes_of_rejections(string lines, string expected)
    {
        // However the network cuts it up.
        for (int size = 1; size <= lines.Length; size++)
        {
            using var log = new SessionLog(null);
            log.LogClient("A00000001 NOOP\r\n"u8.ToArray(), 0, 16);
            foreach (char[] chunk in lines.Chunk(size)) log.LogServer(Encoding.ASCII.GetBytes(chunk), 0, chunk.Length);
            Assert.Equal(expected, string.Join(' ', log.Rejections));
        }
    }

    [Fact]
    public void Without_a_protocol_log_no_secret_is_looked_for()
    {
        byte[] line = Encoding.ASCII.GetBytes("* CAPABILITY " + string.Join(' ', Enumerable.Repeat("AUTH=PLAIN", 100)) + "\r\n");
        Assert.Equal(AllocatedBy(null), AllocatedBy(LoginSecrets.Of(new NetworkCredential("alice", "correct-horse"))));

        long AllocatedBy(LoginSecrets? secrets)
        {
            using var log = new SessionLog(null) { Secrets = secrets };
            for (int i = 0; i < 2; i++) log.LogServer(line, 0, line.Length);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) log.LogServer(line, 0, line.Length);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}

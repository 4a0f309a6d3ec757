using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>Ports that speak otherwise than they are spoken to. The session's timeout is far longer than these tests may take.</summary>
public sealed class PortTests(MailServer mail) : ModuleTest(mail)
{
    private const string Tls = "-TimeoutSeconds 3000 -SkipCertificateCheck";

    [Theory(Timeout = 120_000)]
    [InlineData("")]
    [InlineData("-Security StartTls")]
    [InlineData("-Security None -AllowPlaintext")]
    public async Task A_port_that_speaks_TLS_from_the_first_byte(string security)
    {
        ErrorRecord error = AssertError(await RunAsync($"Connect-Imap $server -Port $tlsPort -Credential $credential {Tls} {security}")
            .WaitAsync(TestContext.Current.CancellationToken), "TlsFailed");
        Assert.Contains("speaks TLS", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-Security Tls", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_port_that_speaks_IMAP_in_clear()
    {
        ErrorRecord error = AssertError(await RunAsync($"Connect-Imap $server -Port $port -Security Tls -Credential $credential {Tls}")
            .WaitAsync(TestContext.Current.CancellationToken), "TlsFailed");
        Assert.Contains("speaks IMAP without TLS", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-Security StartTls", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("220 mail.example.org ESMTP", null, "SMTP")]
    [InlineData("220-mail.example.org", null, "SMTP")]
    [InlineData("220 ProFTPD FTP server ready", null, "FTP")]
    [InlineData("+OK POP3 ready", null, "POP3")]
    [InlineData("SSH-2.0-OpenSSH_9.9", null, "SSH")]
    [InlineData(null, "HTTP/1.1 400 Bad Request", "HTTP")]
    [InlineData(null, "<!DOCTYPE HTML>", "HTTP")]
    public async Task What_else_a_port_may_speak_is_named(string? greeting, string? answer, string name)
    {
        await using var clear = OtherProtocol.Start(greeting, answer);
        await using var encrypted = OtherProtocol.Start(greeting, answer, inTls: true);
        foreach ((int port, string security) in new[]
        {
            (clear.Port, ""),
            (clear.Port, "-Security Tls"),
            (encrypted.Port, ""),
            (encrypted.Port, "-Security Tls"),
            (clear.Port, "-Security None"),
        })
        {
            EngineResult result = await RunAsync($"Connect-Imap localhost -Port $other -Credential $credential {Tls} {security}",
                ("other", port)).WaitAsync(TestContext.Current.CancellationToken);
            Assert.Contains($"speaks {name}", AssertError(result, "ProtocolError").Exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData(false, "-Security None")]
    [InlineData(true, "-Security Tls")]
    public async Task A_server_that_takes_its_time_to_greet_is_waited_for(bool inTls, string security)
    {
        await using var slow = OtherProtocol.Start("* BYE not today", inTls: inTls, pause: TimeSpan.FromSeconds(5));
        EngineResult result = await RunAsync($"Connect-Imap localhost -Port $other -Credential $credential {Tls} {security}",
            ("other", slow.Port)).WaitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("not today", AssertError(result, "ConnectionFailed").Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imaps://$server -Security None")]
    [InlineData("imaps://$server -Security StartTls")]
    [InlineData("imap://$server -Security Tls")]
    [InlineData("$server -Security None -CertificateThumbprint $thumbprint")]
    public void A_contradiction_is_refused(string arguments) =>
        AssertError(Run($"Connect-Imap {arguments} -AllowPlaintext -Credential $credential"), "ArgumentInvalid");

    [Theory]
    [InlineData("imap://$server -Security None -Port $port")]
    [InlineData("imap://$server -Security StartTls -Port $port")]
    [InlineData("imaps://$server -Security Tls -Port $tlsPort")]
    public void The_same_said_twice_is_not(string arguments) =>
        Succeed($"$null = Connect-Imap {arguments} -AllowPlaintext -SkipCertificateCheck -Credential $credential");
}

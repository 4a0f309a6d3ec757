using ImapPS.Sandbox;

namespace ImapPS.Tests.Discovery;

/// <summary>What a known provider wants is told before anything is typed. A proxy that leads everywhere to Dovecot stands for it.</summary>
public sealed class AdviceTests(MailServer mail) : ModuleTest(mail)
{
    private const string ConnectThere = "$null = Connect-Imap -Proxy $tunnel -CertificateThumbprint $thumbprint";

    private static readonly byte[] _connected = "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray();

    protected override EngineOptions Options => new();

    [Theory]
    [InlineData("alice@gmail.com", "apppasswords")]
    [InlineData("imap.gmail.com", "apppasswords")]
    [InlineData("alice@outlook.com", "-OAuth Microsoft365")]
    [InlineData("outlook.office365.com", "-OAuth Microsoft365")]
    [InlineData("mail.contoso.example", null)]
    public async Task The_advice_comes_before_the_question(string server, string? advice)
    {
        await using ScriptedProxy tunnel = ScriptedProxy.Start(Dovecot.TlsPort, _connected);
        Engine.Prompts.Answer(Credential);
        EngineResult result = await RunAsync($"{ConnectThere} -Server {server}", ("tunnel", $"http://127.0.0.1:{tunnel.Port}"));
        Assert.Empty(result.AllErrors);
        Assert.Single(Engine.Prompts.Asked);
        if (advice is null) Assert.Empty(result.Warnings);
        else Assert.Contains(advice, Assert.Single(result.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gives_a_password_is_told_when_it_is_refused()
    {
        await using ScriptedProxy tunnel = ScriptedProxy.Start(Dovecot.TlsPort, _connected);
        EngineResult result = await RunAsync($"{ConnectThere} -Server alice@gmail.com -Credential $wrong",
            ("tunnel", $"http://127.0.0.1:{tunnel.Port}"), ("wrong", CredentialOf(User.Name, "a slip")));
        Assert.Contains("apppasswords", AssertError(result, "AuthenticationFailed").ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
    }
}

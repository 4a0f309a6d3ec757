using System.Reflection;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Discovery;

/// <summary>What a known provider wants is told before anything is typed. A proxy that leads everywhere to Dovecot stands for it.</summary>
public sealed class AdviceTests(MailServer mail) : ModuleTest(mail)
{
    private const string ConnectThere = "$null = Connect-Imap -Proxy $tunnel -CertificateThumbprint $thumbprint";

    protected override EngineOptions Options => new();

    [Theory]
    [InlineData("alice@gmail.com", "apppasswords")]
    [InlineData("imap.gmail.com", "apppasswords")]
    [InlineData("alice@outlook.com", "-OAuth Microsoft365")]
    [InlineData("outlook.office365.com", "-OAuth Microsoft365")]
    [InlineData("mail.contoso.example", null)]
    public async Task The_advice_comes_before_the_question(string server, string? advice)
    {
        Assert.SkipUnless(
            typeof(Commands.ConnectImapCommand).GetProperty("Proxy", BindingFlags.Public | BindingFlags.Instance) is not null,
            "Connect-Imap has no -Proxy yet.");
        await using Tunnel tunnel = Tunnel.To(Dovecot.TlsPort);
        Engine.Prompts.Answer(Credential);
        EngineResult result = await RunAsync($"{ConnectThere} -Server {server}", ("tunnel", tunnel.Address));
        Assert.Empty(result.AllErrors);
        Assert.Single(Engine.Prompts.Asked);
        if (advice is null) Assert.Empty(result.Warnings);
        else Assert.Contains(advice, Assert.Single(result.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gives_a_password_is_told_when_it_is_refused()
    {
        Assert.SkipUnless(
            typeof(Commands.ConnectImapCommand).GetProperty("Proxy", BindingFlags.Public | BindingFlags.Instance) is not null,
            "Connect-Imap has no -Proxy yet.");
        await using Tunnel tunnel = Tunnel.To(Dovecot.TlsPort);
        EngineResult result = await RunAsync($"{ConnectThere} -Server alice@gmail.com -Credential $wrong",
            ("tunnel", tunnel.Address), ("wrong", CredentialOf(User.Name, "a slip")));
        Assert.Contains("apppasswords", AssertError(result, "AuthenticationFailed").ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
    }
}

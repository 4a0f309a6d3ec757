using ImapPS.Sandbox;
using ImapPS.Tests.Diagnosis;

namespace ImapPS.Tests.Sessions;

/// <summary>A server that stalls in TLS, where the timeout comes within an exception of the stream: it may still be at it.</summary>
public sealed class StalledTlsTests(MailServer mail) : ModuleTest(mail)
{
    [Theory(Timeout = 120_000)]
    [InlineData("UID FETCH", "Get-ImapMessage", 0)]
    [InlineData("UID COPY", "Get-ImapMessage | Copy-ImapMessage Trash", 1)]
    public async Task It_is_too_late_and_not_asked_twice(string verb, string script, int unknown)
    {
        User.Deliver("INBOX", Message("hello"));
        using var authority = new ClientAuthority();
        await using LoopbackServer front = TlsFront.Start(Proxy.Port, authority.Issue("localhost"));
        Succeed("$null = Connect-Imap localhost -Port $front -Security Tls -SkipCertificateCheck -Credential $credential "
            + "-TimeoutSeconds 1 -RetryDelaySeconds 0 -RetryCount 0", ("front", front.Port));
        Proxy.On(verb, ProxyAction.Stall);
        EngineResult result = await RunAsync(script).WaitAsync(TestContext.Current.CancellationToken);
        string[] ids = [.. result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];
        Assert.Equal([.. Enumerable.Repeat("OutcomeUnknown", unknown), "Timeout"], ids);
        Assert.Equal(1, Proxy.Count(verb));
    }
}

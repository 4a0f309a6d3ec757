using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Diagnosis;

/// <summary>Test-ImapConnection at a server that is as it should be.</summary>
public sealed class TestConnectionTests(MailServer mail) : ModuleTest(mail)
{
    private const string InClear = "Test-ImapConnection localhost -Port $proxyPort -Security None -AllowPlaintext";

    protected override EngineOptions Options => new();

    [Theory]
    [InlineData("-Port $port", "Resolve Connect Greeting Tls Certificate")]
    [InlineData("-Port $tlsPort -Security Tls", "Resolve Connect Tls Certificate Greeting")]
    public void Each_step_passes_in_the_order_in_which_it_is_taken(string parameters, string order)
    {
        User.Deliver("INBOX", Message("one"));
        ImapConnectionStep[] steps = Steps(
            $"Test-ImapConnection $server {parameters} -Credential $credential -CertificateThumbprint $thumbprint");
        Assert.Equal(order + " Capabilities Mechanisms Login CapabilitiesAfterLogin Inbox RoundTrip",
            string.Join(' ', steps.Select(step => step.Step)));
        Assert.All(steps, step => Assert.Equal((ImapStepResult.Passed, ""), (step.Result, step.ErrorId)));
        Assert.All(steps, step => Assert.InRange(step.Duration, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        Assert.Contains("127.0.0.1", Step(steps, ImapConnectionStage.Connect).Detail, StringComparison.Ordinal);
        Assert.StartsWith("TLS 1.", Step(steps, ImapConnectionStage.Tls).Detail, StringComparison.Ordinal);
        Assert.Contains("PLAIN", Step(steps, ImapConnectionStage.Mechanisms).Detail, StringComparison.Ordinal);
        Assert.Contains("IMAP4rev1", Step(steps, ImapConnectionStage.Capabilities).Detail, StringComparison.Ordinal);
        Assert.Contains("UIDPLUS", Step(steps, ImapConnectionStage.CapabilitiesAfterLogin).Detail, StringComparison.Ordinal);
        Assert.StartsWith($"{User.Name}, with ", Step(steps, ImapConnectionStage.Login).Detail, StringComparison.Ordinal);
        Assert.Equal("1 message", Step(steps, ImapConnectionStage.Inbox).Detail);
        Assert.Matches(@"^\d+\.\d ms", Step(steps, ImapConnectionStage.RoundTrip).Detail);

        ImapCertificate certificate = Step(steps, ImapConnectionStage.Certificate).Certificate!;
        Assert.Equal(Dovecot.CertificateThumbprint, certificate.Thumbprint);
        Assert.Contains("localhost", certificate.Names);
        Assert.False(certificate.IsTrusted);
        Assert.StartsWith("sha256/", certificate.PublicKeyPin, StringComparison.Ordinal);
        Assert.Contains("-CertificateThumbprint", Step(steps, ImapConnectionStage.Certificate).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_left_of_it()
    {
        Steps($"{InClear} -Credential $credential");
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
        Assert.Equal(1, Proxy.Count("LOGOUT"));
        Assert.Equal(1, Proxy.Count("AUTHENTICATE") + Proxy.Count("LOGIN"));
        Assert.Equal(0, Proxy.Count("SELECT"));
        Assert.Empty(Succeed("Get-ImapSession | Where-Object UserName -eq $credential.UserName"));
    }

    [Fact]
    public async Task Nor_of_one_that_is_stopped_early()
    {
        Assert.Equal(ImapConnectionStage.Resolve, Assert.Single(Steps($"{InClear} -Credential $credential | Select-Object -First 1")).Step);
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
    }

    [Fact]
    public async Task A_step_is_told_before_the_next_one_has_ended()
    {
        Proxy.On("EXAMINE", ProxyAction.Stall);
        Task<EngineResult> running = RunAsync($"{InClear} -Credential $credential -TimeoutSeconds 3000 | "
            + "ForEach-Object { if ($_.Step -eq 'CapabilitiesAfterLogin') { break } }");
        EngineResult result = await running.WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Empty(result.AllErrors);
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
    }

    [Fact]
    public void Without_a_credential_nobody_logs_in_or_is_asked()
    {
        ImapConnectionStep[] steps = Steps("Test-ImapConnection \"imap://alice@localhost:$proxyPort\" -Security None");
        Assert.Equal("Login CapabilitiesAfterLogin Inbox RoundTrip", string.Join(' ', steps
            .Where(step => step.Reason == "No credential was given." && step.Result == ImapStepResult.Skipped).Select(step => step.Step)));
        Assert.Empty(Engine.Prompts.Asked);
        Assert.Equal(0, Proxy.Count("AUTHENTICATE") + Proxy.Count("LOGIN"));
        Assert.DoesNotContain(steps, step => step.Result == ImapStepResult.Failed);
    }

    [Fact]
    public void A_user_name_alone_asks_for_the_password_once_the_server_was_reached()
    {
        Engine.Prompts.Asks = () => Assert.Equal(1, Proxy.Connections);
        Engine.Prompts.Answer(Credential);
        ImapConnectionStep[] steps = Steps($"{InClear} -Credential $credential.UserName");
        Assert.Equal(PromptKind.Credential, Assert.Single(Engine.Prompts.Asked).Kind);
        Assert.Equal(ImapStepResult.Passed, steps[^1].Result);
    }

    [Fact]
    public async Task A_connection_that_is_gone_when_the_password_comes_is_opened_again()
    {
        Engine.Prompts.Asks = () =>
        {
            Proxy.CutAll();
            Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation).GetAwaiter().GetResult();
        };
        Engine.Prompts.Answer(Credential);
        EngineResult result = await RunAsync($"{InClear} -Credential $credential.UserName");
        Assert.Empty(result.AllErrors);
        Assert.Equal("Passed", Property<string>(result.Output[^1], "Result"));
        Assert.Equal(2, Proxy.Connections);
    }

    [Theory]
    [InlineData("$credential", true)]
    [InlineData("$wrong", false)]
    public void Quiet_tells_true_or_false(string credential, bool expected) =>
        Assert.Equal(expected, Assert.Single(Succeed($"{InClear} -Quiet -Credential {credential}",
            ("wrong", CredentialOf(User.Name, "not it")))).BaseObject);

    [Theory]
    [InlineData("Test-ImapConnection http://localhost")]
    [InlineData("Test-ImapConnection localhost -CertificateThumbprint abc")]
    [InlineData("Test-ImapConnection localhost -SkipCertificateCheck -CertificateThumbprint $thumbprint")]
    public void An_argument_that_cannot_be_meant_is_an_error(string command) => AssertError(Run(command), "ArgumentInvalid");

    [Fact]
    public void Nothing_in_it_tells_the_password()
    {
        Proxy.On("EXAMINE", ProxyAction.CutBefore);
        EngineResult result = Run($"{InClear} -Credential $credential -Verbose 4>&1 | Format-List * -Force | Out-String");
        Assert.NotEmpty(result.Output);
        Assert.DoesNotContain(User.Password, string.Concat(result.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_soon_expires_passes_with_a_remedy()
    {
        using Authority root = Authority.SelfSigned();
        Authority server = root.Issue(change: wishes => wishes.Until = DateTimeOffset.UtcNow.AddDays(12).AddHours(1));
        await using ScriptedServer back = ScriptedServer.Start();
        await using LoopbackServer front = TlsFront.Start(back.Port, server.Certificate);
        string authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, root.Certificate.ExportCertificatePem(), Cancellation);
        EngineResult result = await RunAsync("Test-ImapConnection localhost -Port $front -Security Tls -CertificateAuthority $authority",
            ("front", front.Port), ("authority", authority));
        ImapConnectionStep step = Step([.. result.Output.Select(one => (ImapConnectionStep)one.BaseObject)],
            ImapConnectionStage.Certificate);
        Assert.Equal(ImapStepResult.Passed, step.Result);
        Assert.Contains("expires in 12 days", step.Remedy, StringComparison.Ordinal);
        Assert.True(step.Certificate!.IsTrusted);
        File.Delete(authority);
    }

    [Fact]
    public void A_server_that_has_logged_in_by_itself_is_understood()
    {
        Proxy.Greeting = "* PREAUTH [CAPABILITY IMAP4rev1] welcome";
        ImapConnectionStep[] steps = Steps(InClear);
        Assert.Contains("PREAUTH", Step(steps, ImapConnectionStage.Greeting).Detail, StringComparison.Ordinal);
        Assert.Equal(ImapStepResult.Passed, Step(steps, ImapConnectionStage.Login).Result);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_table_fits_into_a_ticket(int width)
    {
        using var engine = new PowerShellEngine(new EngineOptions { Width = width });
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["port"] = Dovecot.Port, ["credential"] = Credential };
        string shown = engine.Format("Test-ImapConnection localhost -Port $port -Credential $credential -SkipCertificateCheck; "
            + "Test-ImapConnection localhost -Port $port -Credential $credential", variables);
        string[] lines = [.. shown.Split('\n').Select(line => line.TrimEnd())];
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Contains(lines, line => line.StartsWith("Login        Passed", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Certificate  Failed", StringComparison.Ordinal));
        string text = string.Concat(lines).Replace(" ", string.Empty, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Trim() == Dovecot.CertificateThumbprint);
        Assert.Contains("ThestepCertificatefailed.", text, StringComparison.Ordinal);
    }

    private static ImapConnectionStep Step(ImapConnectionStep[] steps, ImapConnectionStage stage) =>
        steps.Single(step => step.Step == stage);

    private ImapConnectionStep[] Steps(string script) => [.. Succeed(script).Select(one => (ImapConnectionStep)one.BaseObject)];
}

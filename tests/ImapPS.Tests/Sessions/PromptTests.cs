using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>The prompt for a credential: it comes when the server was reached, and not before.</summary>
public sealed class PromptTests(MailServer mail) : ModuleTest(mail)
{
    private const string Login = "$null = Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -RetryCount 0";

    protected override EngineOptions Options => new();

    [Theory]
    [InlineData("", "")]
    [InlineData("-Credential $null", "")]
    [InlineData("-Credential ''", "")]
    [InlineData("-Credential ([pscredential]::Empty)", "")]
    [InlineData("-Credential $credential.UserName", "user")]
    [InlineData("-Credential ([pscredential]::new($credential.UserName, [securestring]::new()))", "user")]
    public void What_is_not_given_is_asked_for(string parameters, string known)
    {
        Engine.Prompts.Answer(Credential);
        Succeed($"{Login} {parameters}");
        SandboxPrompt prompt = Assert.Single(Engine.Prompts.Asked);
        Assert.Equal(PromptKind.Credential, prompt.Kind);
        Assert.Equal(known.Length > 0, prompt.Message.EndsWith($" {User.Name}", StringComparison.Ordinal));
        Assert.Equal([User.Name], Succeed("(Get-ImapSession | Where-Object IsDefault).UserName").Select(name => name.ToString()));
        Assert.Equal([$"{User.Name}@localhost"], Succeed("(Get-ImapSession | Where-Object IsDefault).Name")
            .Select(name => name.ToString()));
    }

    [Theory]
    [InlineData("-Credential $credential")]
    [InlineData("-Credential (& { $credential })")]
    public void What_is_given_is_not(string parameters)
    {
        Succeed($"{Login} {parameters}");
        Assert.Empty(Engine.Prompts.Asked);
    }

    [Fact]
    public void The_user_of_the_URL_is_the_default()
    {
        Engine.Prompts.Answer(Credential);
        Succeed("$null = Connect-Imap \"imap://$($credential.UserName)@localhost:$proxyPort\" -Security None -AllowPlaintext");
        Assert.EndsWith($" {User.Name}", Assert.Single(Engine.Prompts.Asked).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_target_becomes_part_of_the_user_name()
    {
        Engine.Prompts.Answer(Credential);
        Succeed(Login);
        Assert.Equal("", Assert.Single(Engine.Prompts.Asked).TargetName);
    }

    [Theory]
    [InlineData("Connect-Imap no-such-host.invalid", "ConnectionFailed")]
    [InlineData("Connect-Imap 127.0.0.1 -Port $nobody", "ConnectionFailed")]
    [InlineData("Connect-Imap $server -Port $port", "CertificateRejected")]
    [InlineData("Connect-Imap $server -Port $tlsPort -Security Tls -CertificateThumbprint ('00' * 32)", "CertificateRejected")]
    [InlineData("Connect-Imap $server -Port $tlsPort -SkipCertificateCheck", "TlsFailed")]
    public void What_cannot_be_reached_costs_no_password(string command, string id)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        foreach (string credential in new[] { "", "-Credential alice" }) AssertError(Run($"{command} {credential}", ("nobody", port)), id);
        Assert.Empty(Engine.Prompts.Asked);
    }

    [Fact]
    public void A_refused_password_is_not_asked_for_again()
    {
        Engine.Prompts.Answer(CredentialOf(User.Name, "a slip"), Credential);
        AssertError(Run(Login), "AuthenticationFailed");
        Assert.Single(Engine.Prompts.Asked);
        Assert.Equal(1, Proxy.Count("AUTHENTICATE") + Proxy.Count("LOGIN"));
    }

    [Fact]
    public void An_empty_password_is_not_sent()
    {
        Engine.Prompts.Answer(CredentialOf(User.Name, ""));
        AssertError(Run(Login), "ArgumentInvalid");
        Assert.Equal(0, Proxy.Count("AUTHENTICATE") + Proxy.Count("LOGIN"));
    }

    [Fact]
    public void No_answer_is_an_error()
    {
        Engine.Prompts.Answer([null]);
        AssertError(Run(Login), "ArgumentInvalid");
        Assert.Equal(0, Proxy.Count("AUTHENTICATE") + Proxy.Count("LOGIN"));
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
        EngineResult result = await RunAsync(Login);
        Assert.Empty(result.AllErrors);
        Assert.Empty(result.Warnings);
        Assert.Single(Engine.Prompts.Asked);
        Assert.Equal(2, Proxy.Connections);
        Assert.Equal(1, Proxy.Count("AUTHENTICATE") + Proxy.Count("LOGIN"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Ctrl_C_at_the_prompt_leaves_no_connection()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stopped = new ManualResetEventSlim();
        Engine.Prompts.Asks = () =>
        {
            // As the console does: the prompt ends when the pipeline is stopped.
            asked.TrySetResult();
            stopped.Wait(Cancellation);
            throw new PipelineStoppedException();
        };
        Task<EngineResult> running = RunAsync(Login);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        Task stopping = Engine.StopAsync();
        stopped.Set();
        await stopping;
        Assert.True((await running).Stopped);
        await Proxy.WaitForAsync(proxy => proxy.OpenConnections == 0, Cancellation);
        Assert.Equal(0, Proxy.Count("AUTHENTICATE") + Proxy.Count("LOGIN"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Credential alice")]
    public void Where_nobody_can_be_asked_it_says_what_to_give(string parameters)
    {
        using var engine = new PowerShellEngine(new EngineOptions { NonInteractive = true });
        EngineResult result = engine.Invoke($"Connect-Imap localhost -Port {Proxy.Port} -Security None {parameters}");
        Assert.Contains("-Credential", AssertError(result, "ArgumentInvalid").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Credential alice")]
    public async Task Where_nobody_can_be_asked_nothing_is_printed(string parameters)
    {
        string script = $"Import-Module ./ImapPS.psd1; try {{ Connect-Imap localhost -Port {Proxy.Port} -Security "
            + $"None {parameters} }} catch {{ $_.FullyQualifiedErrorId }}";
        Assert.Equal("ArgumentInvalid,ImapPS.Commands.ConnectImapCommand", (await ToolPowerShell.RunAsync(script, Cancellation)).Trim());
    }
}

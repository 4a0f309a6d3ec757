using System.Diagnostics;
using System.Management.Automation;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Diagnosis;

/// <summary>Whatever is broken, the right step fails, with the reason and the remedy, and Connect-Imap fails in the same way.</summary>
public sealed class BrokenServerTests : IAsyncDisposable
{
    private static readonly PSCredential _credential = new SandboxAccess("", 0, 0, "", "alice", "secret").Credential;

    private readonly BrokenServers _servers = new();
    private readonly PowerShellEngine _engine = new(new EngineOptions { NonInteractive = true });

    public async ValueTask DisposeAsync()
    {
        _engine.Invoke("Remove-Module ImapPS");
        _engine.Dispose();
        await _servers.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("expired certificate", "Certificate", "CertificateRejected", "must renew")]
    [InlineData("certificate of the future", "Certificate", "CertificateRejected", "clock of this computer")]
    [InlineData("certificate of another host", "Certificate", "CertificateRejected", "other.example.org")]
    [InlineData("self-signed certificate", "Certificate", "CertificateRejected", "-CertificateThumbprint")]
    [InlineData("unknown authority", "Certificate", "CertificateRejected", "-CertificateAuthority")]
    [InlineData("incomplete chain", "Certificate", "CertificateRejected", "send the certificates of its issuers")]
    [InlineData("authority that has expired", "Certificate", "CertificateRejected", "must renew")]
    [InlineData("weak key", "Tls", "TlsFailed", "too weak")]
    [InlineData("TLS 1.1 only", "Tls", "TlsFailed", "TLS 1.2")]
    [InlineData("TLS on the port for STARTTLS", "Greeting", "TlsFailed", "-Security Tls")]
    [InlineData("no TLS on the port for TLS", "Tls", "TlsFailed", "-Security StartTls")]
    [InlineData("STARTTLS missing", "Tls", "TlsFailed", "port 993")]
    [InlineData("STARTTLS refused with NO", "Tls", "TlsFailed", "administrator")]
    [InlineData("STARTTLS refused with BAD", "Tls", "TlsFailed", "administrator")]
    [InlineData("STARTTLS that lies", "Tls", "TlsFailed", "-Security")]
    [InlineData("STARTTLS that goes silent", "Tls", "Timeout", "-TimeoutSeconds", 3)]
    [InlineData("unknown host", "Resolve", "ConnectionFailed", "Check the name")]
    [InlineData("no route", "Connect", "ConnectionFailed", "firewall")]
    [InlineData("black hole", "Tls", "Timeout", "-TimeoutSeconds", 3)]
    [InlineData("black hole with TLS", "Greeting", "Timeout", "-TimeoutSeconds", 3)]
    [InlineData("closed port", "Connect", "ConnectionFailed", "port")]
    [InlineData("BYE at the greeting", "Greeting", "ConnectionFailed", "administrator")]
    [InlineData("too many connections", "Greeting", "ServerBusy", "later")]
    [InlineData("closes at once", "Greeting", "ConnectionFailed", "firewall")]
    [InlineData("wrong password", "Login", "AuthenticationFailed", "password")]
    [InlineData("busy login", "Login", "ServerBusy", "later")]
    [InlineData("login that closes", "Login", "ConnectionFailed", "password")]
    [InlineData("login that goes silent", "Login", "Timeout", "-TimeoutSeconds", 3)]
    [InlineData("LOGINDISABLED", "Mechanisms", "PlaintextRefused", "StartTls")]
    [InlineData("no INBOX", "Inbox", "CommandRejected", "-ProtocolLogPath")]
    [InlineData("cut in the INBOX", "Inbox", "ConnectionFailed", "later")]
    [InlineData("NOOP that goes silent", "RoundTrip", "Timeout", "-TimeoutSeconds", 3)]
    [InlineData("HTTP", "Greeting", "ProtocolError", "993")]
    [InlineData("HTTPS", "Greeting", "ProtocolError", "993")]
    [InlineData("SMTP", "Greeting", "ProtocolError", "993")]
    [InlineData("POP3", "Greeting", "ProtocolError", "993")]
    [InlineData("SSH", "Tls", "ProtocolError", "993")]
    [InlineData("garbage", "Greeting", "ProtocolError", "-ProtocolLogPath")]
    public async Task The_right_step_fails(string server, string step, string id, string remedy, int timeout = 100)
    {
        string arguments = $"{_servers.Start(server)} -Credential $credential -TimeoutSeconds {timeout}";
        var clock = Stopwatch.StartNew();
        EngineResult result = await RunAsync($"Test-ImapConnection {arguments}", TestContext.Current.CancellationToken);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"It took {clock.Elapsed}.");
        Assert.Empty(result.AllErrors);

        ImapConnectionStep[] steps = [.. result.Output.Select(one => (ImapConnectionStep)one.BaseObject)];
        Assert.Equal(Enum.GetValues<ImapConnectionStage>(), steps.Select(one => one.Step).Order());
        string told = string.Join('\n', steps.Select(one => $"{one} {one.Detail} {one.Reason} {one.Remedy}"));
        Assert.True(step == steps.FirstOrDefault(one => one.Result == ImapStepResult.Failed)?.Step.ToString(), told);
        int failed = Array.FindIndex(steps, one => one.Result == ImapStepResult.Failed);
        Assert.Equal(id, steps[failed].ErrorId);
        Assert.Contains(remedy, steps[failed].Remedy, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual("", steps[failed].Reason);
        Assert.All(steps.Take(failed), one => Assert.True(one.Result == ImapStepResult.Passed
            || (one.Result == ImapStepResult.Skipped && one.Reason == "-Security is None."), told));
        Assert.All(steps.Skip(failed + 1), one => Assert.Equal((ImapStepResult.Skipped, $"The step {step} failed."),
            (one.Result, one.Reason)));
        Hostile.AssertClean(steps[failed].Reason + steps[failed].Remedy);

        if (steps[failed].Step >= ImapConnectionStage.CapabilitiesAfterLogin) return;

        ErrorRecord error = Assert.Single((await RunAsync($"Connect-Imap {arguments} -RetryCount 0",
            TestContext.Current.CancellationToken)).AllErrors);
        Assert.True(error.FullyQualifiedErrorId == $"{id},ImapPS.Commands.ConnectImapCommand", $"{error.FullyQualifiedErrorId}: {error}");
        Assert.Equal((steps[failed].Reason, steps[failed].Remedy), (error.Exception.Message, error.ErrorDetails.RecommendedAction));
    }

    private Task<EngineResult> RunAsync(string script, CancellationToken cancellationToken) => _engine.InvokeAsync(script,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["credential"] = _credential }, cancellationToken);
}

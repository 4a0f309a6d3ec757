using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Diagnosis;

/// <summary>Test-ImapConnection with the address of a mailbox whose server is not found: a failed step, as any other.</summary>
public sealed class UnfoundServerTests : IAsyncLifetime
{
    private const string Test = "Test-ImapConnection alice@contoso.example -DnsServer $dns";

    private readonly PowerShellEngine _engine = new(new EngineOptions { NonInteractive = true });
    private readonly DnsServer _dns = DnsServer.Start();

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await _dns.DisposeAsync();
    }

    [Theory]
    [InlineData("ServerNotFound")]
    [InlineData("ServerNotTrusted")]
    [InlineData("Timeout")]
    public void It_is_the_step_Resolve_that_fails(string id)
    {
        Prepare(id);
        EngineResult result = Run($"{Test} -TimeoutSeconds {(id == "Timeout" ? 1 : 60)}");
        Assert.Empty(result.AllErrors);
        ImapConnectionStep[] steps = [.. result.Output.Select(one => (ImapConnectionStep)one.BaseObject)];
        Assert.Equal(Enum.GetValues<ImapConnectionStage>().Order(), steps.Select(step => step.Step).Order());
        Assert.Equal((ImapConnectionStage.Resolve, ImapStepResult.Failed, id), (steps[0].Step, steps[0].Result, steps[0].ErrorId));
        Assert.Equal("contoso.example", steps[0].Server);
        Assert.NotEmpty(steps[0].Reason);
        Assert.Contains("Connect-Imap", steps[0].Remedy, StringComparison.Ordinal);
        Assert.All(steps[1..], step => Assert.Equal((ImapStepResult.Skipped, "The step Resolve failed."), (step.Result, step.Reason)));
    }

    [Fact]
    public void Quiet_tells_false()
    {
        Prepare("ServerNotTrusted");
        EngineResult result = Run($"{Test} -Quiet");
        Assert.Empty(result.AllErrors);
        Assert.Equal(false, Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void The_table_names_no_port()
    {
        Prepare("ServerNotTrusted");
        Assert.Contains("Server: contoso.example\n", _engine.Format(Test, Variables()).Replace("\r", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Port 993", "ArgumentInvalid")]
    [InlineData("-CertificateThumbprint abc", "ArgumentInvalid")]
    [InlineData("-CertificateAuthority (Join-Path ([IO.Path]::GetTempPath()) 'no such file')", "FileNotFound")]
    public void An_argument_that_cannot_be_meant_is_an_error(string arguments, string id)
    {
        Prepare("ServerNotTrusted");
        foreach (string quiet in new[] { "", "-Quiet" })
        {
            EngineResult result = Run($"{Test} {arguments} {quiet}");
            Assert.Empty(result.Output);
            Assert.Equal($"{id},ImapPS.Commands.TestImapConnectionCommand", Assert.Single(result.AllErrors).FullyQualifiedErrorId);
        }
    }

    private void Prepare(string id)
    {
        if (id == "Timeout") _dns.Silent("contoso.example");
        if (id == "ServerNotTrusted") _dns.Srv("_imaps._tcp.contoso.example", 0, 0, 993, "imap.hoster.example");
    }

    private EngineResult Run(string script) => _engine.Invoke(script, Variables());

    private Dictionary<string, object?> Variables() => new(StringComparer.Ordinal) { ["dns"] = _dns.Address };
}

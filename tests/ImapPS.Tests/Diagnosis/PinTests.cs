using System.Management.Automation;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Sandbox;
using ImapPS.Sessions;
using ImapPS.Tests.Scripted;

namespace ImapPS.Tests.Diagnosis;

/// <summary>Which certificates -CertificateThumbprint and -CertificateAuthority accept, and which they do not.</summary>
public sealed class PinTests : ScriptedTest
{
    private readonly Authority _root = Authority.SelfSigned();
    private readonly Authority _intermediate;
    private readonly Authority _server;

    public PinTests()
    {
        _intermediate = _root.Intermediate();
        _server = _intermediate.Issue();
    }

    private static DateTimeOffset Yesterday => DateTimeOffset.UtcNow.AddDays(-1);

    public override async ValueTask DisposeAsync()
    {
        _root.Dispose();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("server")]
    [InlineData("intermediate")]
    public async Task A_pin_names_the_certificate_or_one_of_its_issuers(string which)
    {
        Authority pinned = which == "server" ? _server : _intermediate;
        foreach (string pin in new[] { pinned.Thumbprint, pinned.KeyPin, pinned.KeyPin.Replace("//", "/", StringComparison.Ordinal) })
        {
            await AssertAcceptedAsync(_server, [_intermediate, _root], $"-CertificateThumbprint {pin}");
        }

        await AssertAcceptedAsync(_server, [_intermediate, _root], $"-CertificateThumbprint ('00' * 32), {pinned.Thumbprint}");
    }

    [Fact]
    public void It_names_the_root_as_well()
    {
        // .NET's servers do not send it; others do.
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.Add(_intermediate.Certificate);
        chain.ChainPolicy.ExtraStore.Add(_root.Certificate);
        Assert.False(chain.Build(_server.Certificate));
        foreach (string pin in new[] { _root.Thumbprint, _root.KeyPin })
        {
            var check = new CertificateCheck(new Trust { Pins = [CertificatePin.Read(pin)!] });
            Assert.True(check.Accept(this, _server.Certificate, chain, SslPolicyErrors.RemoteCertificateChainErrors));
            Assert.False(check.Shown!.IsTrusted);
            Assert.Contains(_root.Thumbprint, check.Shown.Chain.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_pinned_certificate_is_accepted_whatever_it_says()
    {
        Authority old = _intermediate.Issue("other", wishes => (wishes.Until, wishes.Host) = (Yesterday, "other.example"));
        await AssertAcceptedAsync(old, [], $"-CertificateThumbprint {old.Thumbprint}");
    }

    [Fact]
    public async Task A_pinned_issuer_does_not_vouch_for_what_has_expired()
    {
        Authority old = _intermediate.Issue(change: wishes => wishes.Until = Yesterday);
        await AssertRejectedAsync(old, [_intermediate, _root], $"-CertificateThumbprint {_intermediate.Thumbprint}", "expired on");
    }

    [Fact]
    public async Task Nor_once_it_has_expired_itself()
    {
        Authority old = _root.Intermediate("Old", wishes => wishes.Until = Yesterday);
        await AssertRejectedAsync(old.Issue(), [old], $"-CertificateThumbprint {old.Thumbprint}", "issuer 'Old' expired on");
    }

    [Fact]
    public async Task Nor_for_another_name()
    {
        Authority other = _intermediate.Issue(change: wishes => wishes.Host = "other.example");
        await AssertRejectedAsync(other, [_intermediate, _root], $"-CertificateThumbprint {_intermediate.Thumbprint}", "other.example");
    }

    [Fact]
    public async Task Nor_for_what_it_has_not_signed()
    {
        // The same names, other keys; the genuine one is sent along.
        using Authority falseRoot = Authority.SelfSigned();
        Authority forged = falseRoot.Intermediate().Issue();
        string pin = $"-CertificateThumbprint {_intermediate.Thumbprint}";
        await AssertRejectedAsync(forged, [_intermediate, _root], pin, "");
        using Authority alone = Authority.SelfSigned("localhost", wishes => (wishes.IsAuthority, wishes.Host) = (false, "localhost"));
        await AssertRejectedAsync(alone, [_intermediate, _root], pin, "");
    }

    [Fact]
    public async Task Nor_for_what_another_of_its_customers_has_signed()
    {
        Authority customer = _intermediate.Issue("customer", wishes => wishes.Host = "customer.example");
        Authority forged = customer.Issue();
        await AssertRejectedAsync(forged, [customer, _intermediate, _root], $"-CertificateThumbprint {_intermediate.Thumbprint}", "");
    }

    [Fact]
    public async Task What_is_above_a_pinned_issuer_does_not_matter()
    {
        using Authority expired = Authority.SelfSigned("Old Root", wishes => wishes.Until = Yesterday);
        Authority below = expired.Intermediate("Below");
        await AssertAcceptedAsync(below.Issue(), [below, expired], $"-CertificateThumbprint {below.Thumbprint}");
        await AssertAcceptedAsync(below.Issue(), [below], $"-CertificateThumbprint {below.Thumbprint}");
    }

    [Fact]
    public async Task A_changed_certificate_is_told_with_the_old_and_the_new_one()
    {
        Authority renewed = _intermediate.Issue();
        ErrorRecord error = await AssertRejectedAsync(renewed, [], $"-CertificateThumbprint {_server.Thumbprint}", _server.Thumbprint);
        Assert.Contains(renewed.Thumbprint, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("administrator", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains($"-CertificateThumbprint {renewed.Thumbprint}", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_authority_from_a_file_is_trusted(bool isDer)
    {
        using Authority other = Authority.SelfSigned("Other Root");
        string path = isDer ? Write(_root.Certificate.RawData)
            : Write(System.Text.Encoding.ASCII.GetBytes($"# A comment\n{Pem(other)}\nMore\n{Pem(_root)}\n"));
        await AssertAcceptedAsync(_server, [_intermediate], $"-CertificateAuthority '{path}'");
        await AssertRejectedAsync(_server, [], $"-CertificateAuthority '{path}'", "PartialChain");
        Authority old = _intermediate.Issue(change: wishes => wishes.Until = Yesterday);
        await AssertRejectedAsync(old, [_intermediate], $"-CertificateAuthority '{path}'", "expired on");
        Authority named = _intermediate.Issue(change: wishes => wishes.Host = "other.example");
        await AssertRejectedAsync(named, [_intermediate], $"-CertificateAuthority '{path}'", "other.example");
        using Authority stranger = Authority.SelfSigned("Stranger");
        await AssertRejectedAsync(stranger.Issue(), [stranger], $"-CertificateAuthority '{path}'", "Stranger");
        File.Delete(path);
    }

    [Fact]
    public async Task It_is_trusted_when_the_session_connects_again_and_the_file_is_gone()
    {
        string path = Write(_root.Certificate.RawData);
        await using var front = TlsFront.Start(Server.Port, _server.Certificate, [_intermediate.Certificate]);
        Succeed($"$null = Connect-Imap localhost -Port $tls -Security Tls -Credential $credential -CertificateAuthority '{path}'",
            ("tls", front.Port));
        File.Delete(path);
        Server.CutAll();
        Succeed("$null = Get-ImapFolder");
        Assert.Equal(2, Server.Connections);
    }

    [Theory]
    [InlineData("-CertificateThumbprint abc", "ArgumentInvalid")]
    [InlineData("-CertificateThumbprint sha256/abc=", "ArgumentInvalid")]
    [InlineData("-CertificateThumbprint ('00' * 32), 'x'", "ArgumentInvalid")]
    [InlineData("-CertificateThumbprint ('00' * 32) -CertificateAuthority $file", "ArgumentInvalid")]
    [InlineData("-SkipCertificateCheck -CertificateAuthority $file", "ArgumentInvalid")]
    [InlineData("-SkipCertificateCheck -CertificateThumbprint ('00' * 32)", "ArgumentInvalid")]
    [InlineData("-Security None -CertificateAuthority $file", "ArgumentInvalid")]
    [InlineData("-CertificateAuthority $file", "FileNotRead")]
    [InlineData("-CertificateAuthority ($file + 'x')", "FileNotFound")]
    public void What_cannot_be_meant_is_refused_before_anything_is_sent(string parameters, string id)
    {
        string path = Write("no certificate"u8.ToArray());
        AssertError(Run($"Connect-Imap localhost -Port $port -Credential $credential {parameters}", ("file", path)), id);
        Assert.Equal(0, Server.Connections);
        File.Delete(path);
    }

    private static string Pem(Authority authority) => authority.Certificate.ExportCertificatePem();

    private static string Write(byte[] octets)
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, octets);
        return path;
    }

    private async Task AssertAcceptedAsync(Authority shown, Authority[] sent, string parameters)
    {
        EngineResult result = await ConnectAsync(shown, sent, parameters);
        Assert.Equal([], result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
    }

    private async Task<ErrorRecord> AssertRejectedAsync(Authority shown, Authority[] sent, string parameters, string word)
    {
        ErrorRecord error = AssertError(await ConnectAsync(shown, sent, parameters), "CertificateRejected");
        Assert.Contains(word, error.Exception.Message, StringComparison.Ordinal);
        return error;
    }

    private async Task<EngineResult> ConnectAsync(Authority shown, Authority[] sent, string parameters)
    {
        X509Certificate2[] others = [.. sent.Select(one => one.Certificate)];
        await using var front = TlsFront.Start(Server.Port, shown.Certificate, others);
        return await RunAsync($"$null = Connect-Imap localhost -Port $tls -Security Tls -Credential $credential {parameters}; "
            + "if ($?) { Disconnect-Imap }", ("tls", front.Port));
    }
}

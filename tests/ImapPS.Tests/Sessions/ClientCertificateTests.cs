using System.Management.Automation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>A client certificate logs in without a password (SASL EXTERNAL).</summary>
public sealed class ClientCertificateTests : IAsyncLifetime
{
    private const string Secret = "file-secret-0815";

    private const string Connecting =
        "Connect-Imap localhost -Port $port -CertificateThumbprint $thumbprint -RetryCount 0 -Certificate $certificate";

    private const string Refusal = "TlsFailed|AuthenticationFailed";

    private readonly ClientAuthority _authority = new();
    private readonly PowerShellEngine _engine = new(new EngineOptions { NonInteractive = true });
    private DovecotServer? _server;
    private MailUser? _user;

    private DovecotServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await DovecotServer.StartAsync(_authority.Options, TestContext.Current.CancellationToken);
        _user = _server.CreateUser("alice");
        _user.Deliver("INBOX", "Subject: by certificate\r\n\r\nx\r\n");
    }

    public async ValueTask DisposeAsync()
    {
        _engine.Invoke("Remove-Module ImapPS");
        _engine.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("object", "-Port $port")]
    [InlineData("object", "-Port $tlsPort -Security Tls")]
    [InlineData("pfx", "-Port $port")]
    [InlineData("bare.pfx", "-Port $port")]
    [InlineData("pem", "-Port $port")]
    [InlineData("encrypted.pem", "-Port $port")]
    public void Without_a_password(string form, string where)
    {
        string script = Connecting.Replace("-Port $port", where, StringComparison.Ordinal);
        if (form is "pfx" or "encrypted.pem") script += " -CertificatePassword $password";
        PSObject session = Assert.Single(Succeed($"$session = {script} -Verbose 4>$null; $session", InForm(form)));
        Assert.Equal("alice@localhost", session.Properties["Name"].Value);
        Assert.Equal(["by certificate"], Succeed("(Get-ImapMessage INBOX).Subject"));

        // Another connection for the same session, and the same one again.
        Assert.Single(Succeed("Wait-ImapMessage INBOX -TimeoutSeconds 30"));
    }

    [Fact]
    public void A_credential_that_is_given_is_used_and_the_certificate_only_shown()
    {
        string said = string.Join('\n', Succeed($"{Connecting} -Credential $credential -Verbose 4>&1", _authority.Issue("alice")));
        Assert.Contains("Logging in as 'alice' with PLAIN.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_expired()
    {
        ErrorRecord error = Fail(Connecting + " -Mechanism External", _authority.Issue("alice", expiresInDays: -3), Refusal);
        Assert.Contains("'alice' expired on", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_an_issuer_that_the_server_does_not_know()
    {
        using var other = new ClientAuthority();
        ErrorRecord error = Fail(Connecting + " -Mechanism External", other.Issue("alice"), Refusal);
        Assert.Contains("client certificate 'alice'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("issuer", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pfx", "-CertificatePassword $wrong", "ArgumentInvalid", "does not open")]
    [InlineData("pfx", "", "ArgumentInvalid", "is protected with a password")]
    [InlineData("encrypted.pem", "-CertificatePassword $wrong", "ArgumentInvalid", "does not open")]
    [InlineData("encrypted.pem", "", "ArgumentInvalid", "is protected with a password")]
    [InlineData("keyless.pem", "", "ArgumentInvalid", "no private key")]
    [InlineData("keyless.cer", "", "ArgumentInvalid", "no private key")]
    [InlineData("keyless object", "", "ArgumentInvalid", "no private key")]
    [InlineData("text", "", "FileNotRead", "no certificate")]
    [InlineData("empty", "", "FileNotRead", "no certificate")]
    [InlineData("missing", "", "FileNotFound", "There is no certificate")]
    [InlineData("thumbprint", "", "FileNotFound", "There is no certificate")]
    [InlineData("Nowhere:\\x", "", "FileNotFound", "There is no certificate")]
    [InlineData("pem", "-Security None", "ArgumentInvalid", "contradict")]
    public void What_is_no_client_certificate(string form, string parameters, string id, string words)
    {
        ErrorRecord error = Fail($"{Connecting} {parameters}", InForm(form), id);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString() + error.Exception, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails.RecommendedAction));
    }

    [Fact]
    public void What_is_no_certificate_at_all()
    {
        EngineResult result = Run("Connect-Imap localhost -Certificate 17", null);
        Assert.Equal("ParameterArgumentTransformationError,ImapPS.Commands.ConnectImapCommand",
            Assert.Single(result.AllErrors).FullyQualifiedErrorId);
    }

    private object InForm(string form)
    {
        X509Certificate2 certificate = _authority.Issue("alice");
        string pem = certificate.ExportCertificatePem() + "\n";
        using RSA key = certificate.GetRSAPrivateKey()!;
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        return form switch
        {
            "object" => certificate,
            "keyless object" => X509CertificateLoader.LoadCertificate(certificate.RawData),
            "pfx" => _authority.Write("alice.pfx", certificate.Export(X509ContentType.Pkcs12, Secret)),
            "bare.pfx" => _authority.Write("bare.pfx", certificate.Export(X509ContentType.Pkcs12)),
            "pem" => Text("alice.pem", pem + key.ExportPkcs8PrivateKeyPem()),
            "encrypted.pem" => Text("encrypted.pem", pem + key.ExportEncryptedPkcs8PrivateKeyPem(Secret, parameters)),
            "keyless.pem" => Text("keyless.pem", pem),
            "keyless.cer" => _authority.Write("keyless.cer", certificate.RawData),
            "text" => Text("readme.txt", "This is a text."),
            "empty" => Text("empty.pfx", ""),
            "missing" => "no-such-file.pfx",
            "thumbprint" => new string('0', 40),
            _ => form,
        };
    }

    private string Text(string name, string content) => _authority.Write(name, Encoding.ASCII.GetBytes(content));

    private ErrorRecord Fail(string script, object certificate, string ids)
    {
        ErrorRecord error = Assert.Single(Run(script, certificate).AllErrors);
        TestContext.Current.TestOutputHelper?.WriteLine(error.ToString());
        Assert.Matches($"^({ids}),ImapPS\\.Commands\\.ConnectImapCommand$", error.FullyQualifiedErrorId);
        return error;
    }

    private IReadOnlyList<PSObject> Succeed(string script, object? certificate = null)
    {
        EngineResult result = Run(script, certificate);
        Assert.Equal([], result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
        return result.Output;
    }

    private EngineResult Run(string script, object? certificate) => _engine.Invoke(script, Variables(certificate));

    private Dictionary<string, object?> Variables(object? certificate) => new(StringComparer.Ordinal)
    {
        ["port"] = Server.Port,
        ["tlsPort"] = Server.TlsPort,
        ["thumbprint"] = Server.CertificateThumbprint,
        ["certificate"] = certificate,
        ["password"] = Secure(Secret),
        ["wrong"] = Secure("wrong"),
        ["credential"] = new PSCredential("alice", Secure(Server.Password)),
    };

    private static System.Security.SecureString Secure(string text)
    {
        var secret = new System.Security.SecureString();
        foreach (char c in text) secret.AppendChar(c);
        return secret;
    }
}

using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Diagnosis;

/// <summary>Files for -CertificateAuthority that hold no authority.</summary>
public sealed class AuthorityFileTests : IDisposable
{
    private readonly PowerShellEngine _engine = new(new EngineOptions { NonInteractive = true });
    private readonly string _directory = Directory.CreateTempSubdirectory("authorities").FullName;

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("certificates")]
    [InlineData("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n")]
    [InlineData("0")]
    public void A_file_without_a_certificate_is_told(string text)
    {
        string path = Path.Combine(_directory, "file.pem");
        File.WriteAllText(path, text);
        Assert.Contains("has no certificate", AssertError(path, "FileNotRead").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_told() =>
        Assert.Contains("is a directory", AssertError(_directory, "FileNotRead").Exception.Message, StringComparison.Ordinal);

    [Fact]
    public void No_parameter_is_advised_that_the_cmdlet_does_not_have() =>
        Assert.DoesNotContain("-LiteralPath",
            AssertError(Path.Combine(_directory, "missing[1].pem"), "FileNotFound").ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);

    private ErrorRecord AssertError(string path, string id)
    {
        EngineResult result = _engine.Invoke("Connect-Imap localhost -CertificateAuthority $path",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["path"] = path });
        ErrorRecord error = Assert.Single(result.AllErrors);
        Assert.Equal($"{id},ImapPS.Commands.ConnectImapCommand", error.FullyQualifiedErrorId);
        return error;
    }
}

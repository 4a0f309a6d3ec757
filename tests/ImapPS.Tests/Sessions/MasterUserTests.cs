using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>A master user opens anybody's mailbox, as migrations need it.</summary>
public sealed class MasterUserTests : IAsyncLifetime
{
    private const string Secret = "master-secret-2501";
    private readonly PowerShellEngine _engine = new(new EngineOptions { NonInteractive = true });
    private readonly string _users = Path.GetTempFileName();
    private DovecotServer? _server;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_users, $"boss:{{PLAIN}}{Secret}\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_users, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        _server = await DovecotServer.StartAsync(new DovecotOptions
        {
            AuthenticationMechanisms = ["plain", "login", "cram-md5", "scram-sha-256"],
            HasAdministration = false,
            ExtraConfiguration =
            [
                "auth_master_user_separator = *",
                "passdb {",
                "  driver = passwd-file",
                $"  args = {_users}",
                "  master = yes",
                "}",
            ],
        }, TestContext.Current.CancellationToken);
        foreach (string name in new[] { "alice", "bob" })
            _server.CreateUser(name).Deliver("INBOX", $"Subject: mail of {name}\r\n\r\nx\r\n");
    }

    public async ValueTask DisposeAsync()
    {
        _engine.Invoke("Remove-Module ImapPS");
        _engine.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        File.Delete(_users);
    }

    [Theory]
    [InlineData("boss", "-AuthorizationId alice", "alice", "mail of alice")]
    [InlineData("boss", "-AuthorizationId bob -Mechanism Plain", "bob", "mail of bob")]
    [InlineData("alice*boss", "", "alice*boss", "mail of alice")]
    [InlineData("alice*boss", "-Mechanism Login", "alice*boss", "mail of alice")]
    public void Opens_the_mailbox_of_another(string user, string parameters, string name, string subject)
    {
        PSObject session = Assert.Single(Succeed($"$session = {Connecting(user)} {parameters}; $session"));
        Assert.Equal((name, $"{name}@localhost"), (session.Properties["UserName"].Value, session.Properties["Name"].Value));
        Assert.Equal([subject], Succeed("(Get-ImapMessage INBOX).Subject"));

        // A second connection is the same user's.
        Assert.Single(Succeed("Wait-ImapMessage INBOX -TimeoutSeconds 30"));
    }

    /// <summary>Dovecot 2.3 takes no authorization identity with SCRAM: chosen by itself, PLAIN comes after it.</summary>
    [Fact]
    public void With_a_mechanism_that_the_server_cannot_use_for_it_the_error_says_which_one_can()
    {
        EngineResult result = Run($"{Connecting("boss")} -AuthorizationId bob -Mechanism ScramSha256", ("secret", Secret));
        ErrorRecord error = Assert.Single(result.AllErrors);
        Assert.StartsWith("AuthenticationFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Mechanism Plain", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_mailbox_has_a_session_of_its_own_name()
    {
        Succeed($"'alice', 'bob' | ForEach-Object {{ $null = {Connecting("boss")} -AuthorizationId $_ }}");
        Assert.Equal(["mail of alice", "mail of bob"],
            Succeed("'alice', 'bob' | ForEach-Object { (Get-ImapMessage INBOX -Session \"$_@localhost\").Subject }"));
    }

    [Fact]
    public void Somebody_else_may_not()
    {
        EngineResult result = Run($"{Connecting("alice")} -AuthorizationId bob -Verbose", ("secret", _server!.Password));
        ErrorRecord error = Assert.Single(result.AllErrors);
        Assert.StartsWith("AuthenticationFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Password, error.ToString() + error.Exception, StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_tells_the_password()
    {
        string log = Path.GetTempFileName();
        try
        {
            string said = string.Join('\n', Succeed($"{Connecting("boss")} -AuthorizationId alice -ProtocolLogPath {log} -Verbose 4>&1 "
                + "| Format-List * | Out-String; Disconnect-Imap"));
            Assert.Contains("'boss' for the mailbox of 'alice'", said, StringComparison.Ordinal);
            string all = said + File.ReadAllText(log);
            Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"alice\0boss\0{Secret}")), all,
                StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static string Connecting(string user) => "Connect-Imap localhost -Port $port -CertificateThumbprint $thumbprint "
        + $"-Credential ([pscredential]::new('{user}', (ConvertTo-SecureString $secret -AsPlainText -Force)))";

    private IReadOnlyList<PSObject> Succeed(string script)
    {
        EngineResult result = Run(script, ("secret", Secret));
        Assert.Equal([], result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
        return result.Output;
    }

    private EngineResult Run(string script, (string Name, object Value) variable) =>
        _engine.Invoke(script, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["port"] = _server!.Port,
            ["thumbprint"] = _server.CertificateThumbprint,
            [variable.Name] = variable.Value,
        });
}

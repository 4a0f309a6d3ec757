using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.OAuth;

/// <summary>No token, code or secret is seen anywhere: every stream, every file and every object of a run is looked through.</summary>
public sealed class SecretTests(TokenServer server) : TokenTest(server), IClassFixture<TokenServer>
{
    // What the formatter makes of objects may be broken into lines.
    private const string Show =
        """
        $DebugPreference = 'Continue'
        $null = Start-Transcript -Path $transcript
        $shown = & {
            $token = Get-ImapAccessToken @flow -Verbose
            $token; $token | Format-List * -Force; $token | Format-Table * ; $token | ConvertTo-Json -Depth 3; "$token"
            $token | Select-Object * -ExcludeProperty AccessToken, RefreshToken
            $clear = @{ Server = 'localhost'; Port = $proxyPort; Security = 'None'; AllowPlaintext = $true; RetryDelaySeconds = 0 }
            $session = Connect-Imap @clear @flow -ProtocolLogPath $log -Verbose
            $session | Format-List * -Force
            Get-ImapMessage -Verbose
            & $cut
            Get-ImapMessage -Verbose
            $again = $token | Connect-Imap @clear -ProtocolLogPath "$log.again" -Verbose
            & $spoil
            Get-ImapMessage -Verbose -Session $again
            Get-ImapMessage -Verbose -Session $session
            Connect-Imap @clear -AccessToken ($plain + 'x') -UserName nobody -Verbose
            Connect-Imap @clear -AccessToken 7 -Verbose
            Get-ImapAccessToken @flow -Verbose
            $Error | Format-List * -Force
            $Error | ForEach-Object { $_.Exception | Format-List * -Force; $_.Exception.Data; $_.InvocationInfo | Format-List * }
            $Error | ForEach-Object { $_.Exception.ToString() }
            Get-Variable -Scope Script | Where-Object Name -notin 'plain', 'Error', 'flow' | Out-String
        } *>&1
        $shown | Out-String -Width 4096
        $null = Stop-Transcript
        """;

    public static TheoryData<string> Names => [.. Flows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_shows_a_secret(string flow)
    {
        string folder = Directory.CreateTempSubdirectory("imapps-secrets-").FullName;
        User.Deliver("INBOX", Message("hello"));
        EngineResult result = await RunAsync(
            $"$flow = @{{}}; & {{ $flow.OAuth = $issuer; {Splat(flow)} }}\n" + Show,
            ("transcript", Path.Combine(folder, "transcript.txt")),
            ("log", Path.Combine(folder, "log.txt")),
            ("plain", "eyJnot.a.token"),
            ("cut", ScriptBlock.Create("$proxy.CutAll()")),
            ("proxy", Proxy),
            ("spoil", ScriptBlock.Create("$spoiler.Invoke()")),
            ("spoiler", new Action(() =>
            {
                Issuer.RevokeAllAsync(Cancellation).GetAwaiter().GetResult();
                Issuer.Denies = true;
                Proxy.CutAll();
            })));

        string all = Everything(result) + string.Concat(Directory.GetFiles(folder).Select(File.ReadAllText));
        Assert.True(all.Contains("AUTHENTICATE", StringComparison.Ordinal), all);
        Assert.Contains("Reconnected to", all, StringComparison.Ordinal);
        Assert.Contains("AuthenticationFailed", all, StringComparison.Ordinal);
        Assert.NotEmpty(Issuer.Secrets);
        Assert.Null(Issuer.Secrets.Append(Issuer.ClientSecret).FirstOrDefault(secret => Shows(all, secret)));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The secret itself, or as SASL sends it.</summary>
    private static bool Shows(string text, string secret) => text.Contains(secret, StringComparison.Ordinal)
        || Enumerable.Range(0, 3).Any(shift => text.Contains(
            Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('x', shift) + secret))[4..^4], StringComparison.Ordinal));

    private static string Everything(EngineResult result) => string.Join('\n',
    [
        .. result.Output.Select(output => output.ToString()),
        .. result.Verbose, .. result.Warnings,
        .. result.Information.Select(record => record.ToString()),
        .. result.Progress.Select(record => record.ToString()),
        .. result.AllErrors.Select(error => $"{error} {error.FullyQualifiedErrorId} {error.TargetObject} {error.ErrorDetails} "
            + $"{error.Exception}"),
    ]);

    /// <summary>The parameters of a flow as entries of a hashtable.</summary>
    private static string Splat(string flow) => flow switch
    {
        "browser" => "$flow.ClientId = 'imapps'; $flow.Scope = 'mail', 'offline_access', 'openid'",
        "device" => "$flow.ClientId = 'imapps'; $flow.Scope = 'mail', 'offline_access', 'openid'; $flow.DeviceCode = $true",
        "secret" => "$flow.ClientId = 'job'; $flow.Scope = 'mail'; $flow.ClientSecret = $clientSecret; $flow.UserName = $user",
        _ => "$flow.ClientId = 'job'; $flow.Scope = 'mail'; $flow.ClientCertificate = $certificate; $flow.UserName = $user",
    };
}

using ImapPS.Sandbox;

namespace ImapPS.Tests.OAuth;

/// <summary>Whoever logs in with a password does not wait for the libraries of OAuth.</summary>
public sealed class LoadingTests(MailServer mail) : ModuleTest(mail)
{
    private const string Loaded =
        "[AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -match '^(Duende|System.Net.Http$|System.Net.HttpListener)' -join ','";

    [Fact]
    public async Task Nothing_of_it_is_loaded_before_it_is_used()
    {
        string script = $"Import-Module ./ImapPS.psd1; {Loaded}; "
            + $"$c = [pscredential]::new('{User.Name}', (ConvertTo-SecureString '{User.Password}' -AsPlainText -Force)); "
            + $"$null = Connect-Imap localhost -Port {Dovecot.Port} -SkipCertificateCheck -Credential $c; {Loaded}; "
            + $"try {{ Get-ImapAccessToken -OAuth http://127.0.0.1:1/ -ClientId x }} catch {{ }}; {Loaded}";
        string[] lines = (await ToolPowerShell.RunAsync(script, Cancellation)).Trim('\r', '\n').Split('\n');
        Assert.DoesNotContain("Duende", string.Join('\n', lines[..^1]), StringComparison.Ordinal);
        Assert.Contains("Duende.IdentityModel", lines[^1], StringComparison.Ordinal);
    }
}

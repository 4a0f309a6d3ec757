using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>The net472 build, on the only runtime for it that runs here: Mono, without PowerShell.</summary>
public sealed class MonoTests(MailServer mail) : ModuleTest(mail)
{
    private static string Program =>
        Path.Combine(Repository.Root, "tests", "ImapPS.Mono", "bin", Mono.Configuration, "net472", "ImapPS.Mono.exe");

    [Fact]
    public async Task Every_type_loads_and_every_method_compiles_with_the_library_of_PowerShellStandard()
    {
        string mono = await Mono.FindOrInstallAsync(Cancellation);
        string[] lines = (await Tool.RunAsync(mono, [Program, "load"], Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^ImapPS: \d{3,} types, \d{4,} methods$", lines[0]);
        Assert.Matches(@"^ImapPS\.Core: \d{3,} types, \d{4,} methods$", lines[1]);
    }

    [Fact]
    public async Task Connect_list_search_fetch_and_move()
    {
        User.DeliverMany("INBOX", 50, i => new SeedMessage(Message(i % 2 == 0 ? "the weekly digest" : "daily")));
        string mono = await Mono.FindOrInstallAsync(Cancellation);
        string[] arguments = [Program, Dovecot.Host, Text($"{Dovecot.Port}"), User.Name, User.Password, Dovecot.CertificateThumbprint];
        string[] lines = (await Tool.RunAsync(mono, arguments, Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("security: TLS 1.2", lines[0], StringComparison.Ordinal);
        Assert.Contains("Trash", lines[1], StringComparison.Ordinal);
        Assert.Equal("found: 25", lines[2]);
        Assert.Equal(25, lines.Count(line => line.EndsWith("Alice <alice@example.org> the weekly digest", StringComparison.Ordinal)));
        Assert.Equal(25, lines.Count(line => line.StartsWith("moved: Moved ", StringComparison.Ordinal)));
        Assert.Contains("command: OK LIST (\\HasNoChildren) \"/\" Moved", lines);
        Assert.Equal(25, await CountAsync("INBOX"));
        Assert.Equal(25, await CountAsync("Moved"));
    }
}

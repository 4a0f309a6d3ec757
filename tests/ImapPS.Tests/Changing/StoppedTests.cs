using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

/// <summary>
/// Ctrl+C while the server is at work: what is known is in the journal, and what is not is told by the session's next command, once.
/// </summary>
public sealed class StoppedTests(MailServer mail) : ChangeTest(mail)
{
    private readonly string _files = Directory.CreateTempSubdirectory("imapps-").FullName;

    [Theory]
    [InlineData("UID MOVE", "", "Get-ImapMessage One | Move-ImapMessage Two -BatchSize 2")]
    [InlineData("UID MOVE", "", "Get-ImapMessage One | Remove-ImapMessage -BatchSize 2")]
    [InlineData("UID COPY", "", "Get-ImapMessage One | Copy-ImapMessage Two -BatchSize 2")]
    [InlineData("UID COPY", "MOVE", "Get-ImapMessage One | Move-ImapMessage Two -BatchSize 2")]
    [InlineData("UID EXPUNGE", "MOVE", "Get-ImapMessage One | Move-ImapMessage Two -BatchSize 2")]
    [InlineData("UID EXPUNGE", "", "Get-ImapMessage One | Remove-ImapMessage -Permanent -Force -BatchSize 2")]
    [InlineData("UID STORE", "", "Get-ImapMessage One | Set-ImapMessage -Flagged -BatchSize 2")]
    public async Task Messages_under_way_are_named_by_the_next_command(string verb, string hidden, string script)
    {
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Deliver(4, "One");
        User.CreateFolder("Two");
        await StopInSecondAsync(verb, $"{script} -JournalPath {_files}/journal");
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(_files, "journal"), Cancellation)).Length);
        string warning = AssertToldOnce();
        Assert.Contains("3,4", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MULTIAPPEND")]
    public async Task Files_under_way_are_named_by_the_next_command(string hidden)
    {
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        User.CreateFolder("One");
        for (int i = 0; i < 2; i++) await File.WriteAllTextAsync(Path.Combine(_files, Text($"{i}.eml")), Message("x"), Cancellation);
        Connect();
        await StopAtAsync("APPEND", hidden.Length == 0 ? 1 : 2, $"Import-ImapMessage One {_files}/*.eml -JournalPath {_files}/journal");
        Assert.Equal(hidden.Length == 0 ? 0 : 1, (await File.ReadAllLinesAsync(Path.Combine(_files, "journal"), Cancellation)).Length);
        Assert.Contains(".eml", AssertToldOnce(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_that_Ctrl_C_left_off_are_put_back_or_named()
    {
        Proxy.HideCapability("UIDPLUS");
        Deliver(3, "One", i => i == 2 ? SystemFlags.Deleted : SystemFlags.None);
        Connect();
        await StopAtAsync("EXPUNGE", 1, "Get-ImapMessage One -Uid 1, 2 | Remove-ImapMessage -Permanent -Force -AllowUnsafeExpunge");
        IReadOnlyList<string> warnings = Run("Get-ImapFolder One").Warnings;
        Assert.Contains(warnings, warning => warning.Contains("expunge message 1", StringComparison.Ordinal));
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        Assert.True(
            (await client.UidsAsync("One", "DELETED", Cancellation)).Contains(3u)
            || warnings.Any(warning => warning.Contains("UIDs: 3.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_only_read_leaves_nothing_to_tell()
    {
        Deliver(4, "One");
        Connect();
        await StopAtAsync("UID FETCH", 1, "Get-ImapMessage One");
        Assert.Empty(Run("Get-ImapFolder One").Warnings);
    }

    [Theory]
    [InlineData("try { [pscustomobject] @{ Folder = 'Nope'; Uid = 1 } | Move-ImapMessage Trash -ErrorAction Stop "
        + "} catch { $_.FullyQualifiedErrorId }")]
    [InlineData("$ErrorActionPreference = 'Stop'; try { [pscustomobject] @{ Folder = 'Nope'; Uid = 1 } | "
        + "Set-ImapMessage -Read } catch { $_.FullyQualifiedErrorId }")]
    [InlineData("try { New-ImapFolder \"a`u{85}b\" -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }")]
    public void An_error_that_ended_the_cmdlet_was_told(string script)
    {
        Connect();
        Assert.NotEmpty(Succeed(script));
        Assert.Empty(Run("Get-ImapFolder INBOX").Warnings);
    }

    private async Task StopInSecondAsync(string verb, string script)
    {
        Connect();
        await StopAtAsync(verb, 2, script);
    }

    private async Task StopAtAsync(string verb, int number, string script)
    {
        Proxy.On(command => command.Verb == verb && Proxy.Count(verb) == number, ProxyAction.Stall);
        Task<EngineResult> running = RunAsync(script);
        await Proxy.WaitForAsync(proxy => proxy.Count(verb) == number, Cancellation);
        await Engine.StopAsync();
        Assert.True((await running).Stopped);
    }

    private string AssertToldOnce()
    {
        string warning = Assert.Single(Run("Get-ImapFolder One").Warnings);
        Assert.Contains("was stopped before it could say", warning, StringComparison.Ordinal);
        Assert.Empty(Run("Get-ImapFolder One").Warnings);
        Directory.Delete(_files, recursive: true);
        return warning;
    }
}

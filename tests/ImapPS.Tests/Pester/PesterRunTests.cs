namespace ImapPS.Tests.Pester;

/// <summary>What does not run must not look as if it had passed.</summary>
public sealed class PesterRunTests(MailServer mail) : ModuleTest(mail)
{
    private const string Outcomes =
        """
        Describe 'one' {
            It 'passes' { 1 | Should -Be 1 }
            It 'fails' { 1 | Should -Be 2 }
            It 'is skipped' -Skip { }
        }
        Describe 'two' {
            BeforeAll { throw 'no' }
            It 'never begins' { }
        }
        Describe 'three' {
            AfterAll { throw 'no' }
            It 'passes' { 1 | Should -Be 1 }
        }
        """;

    [Fact]
    public void Both_Pesters_are_there() => Assert.Equal([5, 6], PesterRun.Versions.Select(version => Version.Parse(version).Major));

    [Fact]
    public async Task Each_outcome_is_told()
    {
        foreach (string version in PesterRun.Versions)
        {
            IReadOnlyList<PesterResult> results = await RunAsync(Outcomes, version);
            Assert.Equal(["Passed", "Failed", "Skipped", "Failed", "Passed"], results.Take(5).Select(result => result.Result));
            Assert.All(results.Skip(5), block => Assert.Equal("Failed", block.Result));
            Assert.Contains(results, result => result.Result == "Failed" && result.Name.EndsWith("three", StringComparison.Ordinal));
            Assert.All(results.Where(result => result.Result == "Failed"), result => Assert.NotEmpty(result.Error!));
        }
    }

    [Theory]
    [InlineData("throw 'no'")]
    [InlineData("Describe 'a' {")]
    [InlineData("Describe 'a' { It 'b' { [Environment]::Exit(0) } }")]
    [InlineData("Describe 'a' { }")]
    public async Task A_file_that_cannot_run_fails(string script)
    {
        IReadOnlyList<PesterResult> results = await RunAsync(script, PesterRun.Versions[^1]);
        Assert.NotEmpty(results);
        Assert.All(results, result => Assert.Equal("Failed", result.Result));
    }

    private async Task<IReadOnlyList<PesterResult>> RunAsync(string script, string version)
    {
        string file = Path.Combine(Dovecot.Directory, $"{User.Name}.Tests.ps1");
        await File.WriteAllTextAsync(file, script, Cancellation);
        return await new PesterRun(file, version).ResultsAsync(Dovecot, Cancellation);
    }
}

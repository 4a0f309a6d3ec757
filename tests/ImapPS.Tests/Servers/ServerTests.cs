namespace ImapPS.Tests.Servers;

/// <summary>The same forty statements at six servers.</summary>
public sealed class ServerTests(ServerRuns runs) : IClassFixture<ServerRuns>
{
    [Fact]
    public async Task Each_statement_gives_at_each_server_what_is_declared()
    {
        List<string> differences = [];
        foreach (ServerRun run in await runs.AllAsync())
        {
            foreach (Statement statement in Statements.All)
            {
                string declared = Deviations.Of(run.Name).GetValueOrDefault(statement.Feature)?.Result ?? statement.Expected;
                string given = run.Results[statement.Feature];
                if (given == declared) continue;
                string exchange = run.Exchanges[statement.Feature];
                differences.Add($"{run.Name}: {statement.Feature} gave '{given}' where '{declared}' is declared.\n{exchange}");
            }
        }

        if (differences.Count > 0) Assert.Fail(string.Join('\n', differences));
    }

    [Fact]
    public async Task Docs_servers_says_what_the_servers_did()
    {
        string page = ServersPage.Of(await runs.AllAsync());
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string written = File.Exists(ServersPage.FilePath) ? await File.ReadAllTextAsync(ServersPage.FilePath, cancellation) : "";
        if (written.ReplaceLineEndings("\n") == page) return;

        await File.WriteAllTextAsync(ServersPage.FilePath, page, cancellation);
        Assert.Fail("docs/servers.md was not what the servers did. Look at it, and commit what the test wrote.");
    }

    [Fact]
    public void What_is_declared_is_about_statements_that_there_are()
    {
        string[] features = [.. Statements.All.Select(statement => statement.Feature)];
        Assert.Equal(40, features.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([], Deviations.Servers.SelectMany(server => Deviations.Of(server).Keys).Except(features, StringComparer.Ordinal));
    }
}

using ImapPS.Sandbox;

namespace ImapPS.Tests.Servers;

/// <summary>docs/servers.md: what works where, as the statements showed.</summary>
internal static class ServersPage
{
    public static string FilePath { get; } = Path.Combine(Repository.Root, "docs", "servers.md");

    public static string Of(IReadOnlyList<ServerRun> runs)
    {
        List<string> lines =
        [
            "<!-- Written by tests/ImapPS.Tests/Servers from what the servers did: change the statements there, not this page. -->",
            "",
            "# What works with which server",
            "",
            "Every test run runs forty statements at each of these servers. They are what Debian 12 has, and "
                + "smtp4dev as a .NET tool; passwords go in",
            "clear. imap4d has GSASL switched off. The one of 2003 is scripted: it has what RFC 3501 has, and its "
                + "folders are below `INBOX.`.",
            "",
            "*Not offered* is what the server cannot do; the module says so, or finds nothing. *Fails* is a fault "
                + "of the module that is known.",
            "",
            Row("", runs.Select(run => run.Name)),
            Row("---", runs.Select(_ => "---")),
            Row("version", runs.Select(run => run.Version)),
            .. Statements.All.Select(statement => Row(statement.Feature, runs.Select(run => Verdict(run, statement)))),
            "",
            "## Why",
            .. runs.SelectMany(Why),
            "",
            "## The statements",
            "",
            "`$p` is what names of folders begin with, and `$d` the delimiter.",
            "",
            "```powershell",
            string.Join("\n\n", Statements.All.Select(statement => $"# {statement.Feature}\n{statement.Script}")),
            "```",
            "",
        ];
        return string.Join('\n', lines);
    }

    private static string Row(string first, IEnumerable<string> cells) => $"| {first} | {string.Join(" | ", cells)} |";

    private static string Verdict(ServerRun run, Statement statement)
    {
        string result = run.Results[statement.Feature];
        if (result == statement.Expected) return "works";
        if (Deviations.Of(run.Name).GetValueOrDefault(statement.Feature) is { IsOffered: false }) return "not offered";
        return run.Failed.Contains(statement.Feature) ? $"**fails**: {result}" : "**fails**: wrong result";
    }

    private static IEnumerable<string> Why(ServerRun run)
    {
        string[] causes =
        [
            .. Statements.All
                .Where(statement => run.Results[statement.Feature] != statement.Expected)
                .Select(statement => statement.Feature)
                .GroupBy(feature => Deviations.Of(run.Name).GetValueOrDefault(feature)?.Cause ?? "Not known.", StringComparer.Ordinal)
                .Select(cause => $"- {cause.Key} ({string.Join("; ", cause)})"),
        ];
        return causes.Length == 0 ? [] : ["", $"### {run.Name}", "", .. causes];
    }
}

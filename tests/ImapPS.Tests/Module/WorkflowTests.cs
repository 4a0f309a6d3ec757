using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;
using YamlDotNet.RepresentationModel;

namespace ImapPS.Tests.Module;

/// <summary>
/// The workflows, which do not run here: they are YAML, they name only what there is, and they have what the project asks of them. Linters
/// know the rest; CONTRIBUTING.md names them.
/// </summary>
public sealed partial class WorkflowTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, ".github", "workflows");

    public static TheoryData<string> Workflows => [.. Directory.GetFiles(_folder, "*.yml").Select(file => Path.GetFileName(file))];

    public static TheoryData<string> Others =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, ".github"), "*.yml", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(_folder, StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void Forms_and_settings_are_YAML(string file) => Assert.NotEmpty(Read(Path.Combine(Repository.Root, file)).Children);

    [Fact]
    public void A_bug_report_asks_for_the_log_and_for_the_table()
    {
        string form = File.ReadAllText(Path.Combine(Repository.Root, ".github", "ISSUE_TEMPLATE", "bug.yml"));
        Assert.Contains("Test-ImapConnection", form, StringComparison.Ordinal);
        Assert.Contains($"-{nameof(Commands.ConnectImapCommand.ProtocolLogPath)}", form, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Nothing_is_permitted_but_what_a_job_asks_for(string file)
    {
        YamlMappingNode workflow = Workflow(file);
        Assert.Empty(Mapping(workflow, "permissions").Children);
        Assert.All(Jobs(workflow), job => Assert.True(job.Value.Children.ContainsKey("permissions"), job.Key));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_job_ends_and_no_two_runs_get_in_each_others_way(string file)
    {
        YamlMappingNode workflow = Workflow(file);
        Assert.Contains("group", Mapping(workflow, "concurrency").Children.Keys.Select(Text));
        Assert.All(
            Jobs(workflow).Where(job => !job.Value.Children.ContainsKey("uses")),
            job => Assert.InRange(
                int.Parse(Text(job.Value["timeout-minutes"]), System.Globalization.CultureInfo.InvariantCulture), 1, 120));
    }

    /// <summary>By a commit, which nobody can move as a tag can be.</summary>
    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned(string file)
    {
        IReadOnlyList<Match> uses = Use().Matches(File.ReadAllText(Path.Combine(_folder, file)));
        Assert.NotEmpty(uses);
        Assert.All(uses, use =>
        {
            string action = use.Groups["action"].Value;
            if (action.StartsWith("./", StringComparison.Ordinal)) Assert.True(File.Exists(Path.Combine(Repository.Root, action)), action);
            else Assert.Matches("^[^@]+@[0-9a-f]{40} # v[0-9.]+$", action);
        });
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Jobs_wait_for_jobs_and_load_what_one_of_them_saved(string file)
    {
        YamlMappingNode workflow = Workflow(file);
        Dictionary<string, YamlMappingNode> jobs = Jobs(workflow);
        Assert.Empty(jobs.SelectMany(job => Texts(job.Value, "needs")).Except(jobs.Keys, StringComparer.Ordinal));

        // A release begins with all that CI saves.
        IEnumerable<YamlMappingNode> steps = Steps(workflow);
        IEnumerable<string> saved = steps.Concat(file == "release.yml" ? Steps(Workflow("ci.yml")) : [])
            .Where(step => IsOf(step, "actions/upload-artifact")).Select(step => Text(step["with"]["name"]));
        IEnumerable<string> loaded = steps.Where(step => IsOf(step, "actions/download-artifact"))
            .Select(step => Text(step["with"]["name"]));
        Assert.Empty(loaded.Except(saved, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Commands_name_scripts_and_tasks_that_there_are(string file)
    {
        string[] lines = [.. Steps(Workflow(file)).SelectMany(step => Texts(step, "run")).SelectMany(run => run.Split('\n'))];
        string[] paths = [.. lines.SelectMany(line => Script().Matches(line)).Select(match => match.Groups["path"].Value)];
        Assert.All(paths, path => Assert.True(File.Exists(Path.Combine(Repository.Root, path)), path));

        string[] tasks = [.. lines.SelectMany(line => Task().Matches(line))
            .SelectMany(match => match.Groups["tasks"].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))];
        Assert.Empty(tasks.Except(KnownTasks(), StringComparer.Ordinal));
        if (file == "ci.yml") Assert.Equal(["Analyze", "Surface", "Package", "Sbom"], tasks);
    }

    /// <summary>What comes from outside, such as the name of a branch, is a variable in a script and never a part of it.</summary>
    [Theory]
    [MemberData(nameof(Workflows))]
    public void Nothing_is_written_into_a_command(string file) =>
        Assert.DoesNotContain(Steps(Workflow(file)).SelectMany(step => Texts(step, "run")),
            run => run.Contains("${{", StringComparison.Ordinal));

    private static IEnumerable<string> KnownTasks() =>
        Parser.ParseFile(Path.Combine(Repository.Root, "build.ps1"), out _, out _)
            .FindAll(ast => ast is AssignmentStatementAst { Left: VariableExpressionAst { VariablePath.UserPath: "known" } }, true)
            .Single()
            .FindAll(ast => ast is StringConstantExpressionAst, true)
            .Select(ast => ((StringConstantExpressionAst)ast).Value);

    private static YamlMappingNode Workflow(string file) => Read(Path.Combine(_folder, file));

    private static YamlMappingNode Read(string path)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(path);
        stream.Load(reader);
        return Assert.IsType<YamlMappingNode>(Assert.Single(stream.Documents).RootNode);
    }

    private static Dictionary<string, YamlMappingNode> Jobs(YamlMappingNode workflow) =>
        Mapping(workflow, "jobs").ToDictionary(job => Text(job.Key), job => (YamlMappingNode)job.Value, StringComparer.Ordinal);

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode workflow) =>
        Jobs(workflow).Values.Where(job => job.Children.ContainsKey("steps"))
            .SelectMany(job => (YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static YamlMappingNode Mapping(YamlMappingNode node, string key) => Assert.IsType<YamlMappingNode>(node[key]);

    private static bool IsOf(YamlMappingNode step, string action) =>
        Texts(step, "uses").Any(use => use.StartsWith(action + "@", StringComparison.Ordinal));

    private static IEnumerable<string> Texts(YamlMappingNode node, string key) => !node.Children.TryGetValue(key, out YamlNode? value) ? []
        : value is YamlSequenceNode several ? several.Select(Text) : [Text(value)];

    private static string Text(YamlNode node) => Assert.IsType<YamlScalarNode>(node).Value!;

    [GeneratedRegex(@"^\s*(?:- )?uses: (?<action>.+)$", RegexOptions.Multiline)]
    private static partial Regex Use();

    [GeneratedRegex(@"(?<![\w/.])(?:\./)?(?<path>(?:\.ci|build|tests|examples|src)/[\w./-]+|build\.ps1)")]
    private static partial Regex Script();

    [GeneratedRegex(@"build\.ps1 -Task (?<tasks>\w+(?:, \w+)*)")]
    private static partial Regex Task();
}

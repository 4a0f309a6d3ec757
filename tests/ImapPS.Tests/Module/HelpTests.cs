using System.Management.Automation;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

public sealed partial class HelpTests : IDisposable
{
    private readonly PowerShellEngine _engine = new();

    public static TheoryData<string> Cmdlets => [.. ModuleCmdlets.Names];

    public void Dispose() => _engine.Dispose();

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_cmdlet_has_help(string name)
    {
        PSObject help = Assert.Single(Invoke("Get-Help $name -Full", name));
        Assert.Matches(@"^[A-Z].*\.$", Text(help, "Synopsis").Trim());
        Assert.True(Invoke("(Get-Help $name).description | ForEach-Object Text", name).Sum(paragraph => paragraph.ToString().Length) > 100);
        Assert.NotEmpty(Invoke("(Get-Help $name).returnValues", name));
        string notes = string.Concat(Invoke("(Get-Help $name -Full).alertSet.alert | ForEach-Object Text", name));
        Assert.StartsWith("Errors: ", notes, StringComparison.Ordinal);
        Assert.All(ErrorIds().Matches(notes), id => Assert.Contains(id.Value, Enum.GetNames<Errors.ImapErrorId>()));

        IReadOnlyList<PSObject> examples = Invoke("(Get-Help $name -Examples).examples.example", name);
        Assert.True(examples.Count >= 2);
        foreach (PSObject example in examples)
        {
            string code = Text(example, "code");
            System.Management.Automation.Language.Parser.ParseInput(
                code, out _, out System.Management.Automation.Language.ParseError[] errors);
            Assert.Empty(errors);
            Assert.Contains(name, code, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_has_help(string name)
    {
        // At once: each look reads the whole help file.
        var help = Invoke("Get-Help $name -Parameter *", name)
            .ToLookup(parameter => Text(parameter, "name"), StringComparer.OrdinalIgnoreCase);
        foreach (PSObject parameter in Invoke("(Get-Command $name).Parameters.Values | Where-Object { $_.Name -notin "
            + "[System.Management.Automation.Cmdlet]::CommonParameters -and $_.Name -notin 'WhatIf', 'Confirm', "
            + "'First', 'Skip', 'IncludeTotalCount' } | ForEach-Object Name", name))
        {
            object description = Assert.Single(help[parameter.ToString()]).Properties["description"].Value;
            string text = string.Concat(LanguagePrimitives.GetEnumerable(description).Cast<PSObject>()
                .Select(paragraph => Text(paragraph, "Text")));
            Assert.True(text.Length > 10, $"{name} -{parameter}: {text}");
        }
    }

    /// <summary>It has the parameter from its base, where the current session is the default.</summary>
    [Fact]
    public void The_session_of_a_test_of_a_backup_is_what_it_is_compared_with() => Assert.Contains("compare",
        string.Concat(Invoke("(Get-Help $name -Parameter Session).description | ForEach-Object Text", "Test-ImapBackup")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("about_ImapPS")]
    [InlineData("about_ImapPS_Pester")]
    public void The_module_has_about_pages(string name) =>
        Assert.True(File.Exists(Path.Combine(Repository.Root, "en-US", $"{name}.help.txt")));

    [Fact]
    public void The_about_page_names_every_error()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "en-US", "about_ImapPS.help.txt"));
        Assert.All(
            Enum.GetNames<Errors.ImapErrorId>().Except(["Unexpected"]),
            id => Assert.Contains(id, page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_reference_in_docs_is_that_of_the_code()
    {
        string folder = Path.Combine(Repository.Root, "docs", "reference");
        Assert.Equal(
            ModuleCmdlets.Names.Order(StringComparer.Ordinal),
            Directory.GetFiles(folder, "*-*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    /// <summary>Words with two capitals: NoSession.</summary>
    [GeneratedRegex(@"(?<![-\w])(?:[A-Z][a-z]+){2,}\b")]
    private static partial Regex ErrorIds();

    private static string Text(PSObject value, string property) => value.Properties[property]?.Value?.ToString() ?? string.Empty;

    private IReadOnlyList<PSObject> Invoke(string script, string name)
    {
        EngineResult result = _engine.Invoke(script, new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = name });
        Assert.Empty(result.AllErrors);
        return result.Output;
    }
}

using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Recipes;

/// <summary>What a reader of examples/ sees: a page that lists the scripts, their help, and code that is short.</summary>
public sealed class RecipeHelpTests : IDisposable
{
    private const int MostLines = 60;

    private static readonly string _folder = Path.Combine(Repository.Root, "examples");

    private readonly PowerShellEngine _engine = new(new EngineOptions { NonInteractive = true });

    /// <summary>All but the tour, which is no script to run by itself.</summary>
    public static TheoryData<string> Scripts =>
        [.. Directory.GetFiles(_folder, "*.ps1").Select(path => Path.GetFileName(path)).Where(name => name != "Tour.ps1")];

    public void Dispose()
    {
        _engine.Invoke("Remove-Module ImapPS");
        _engine.Dispose();
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Get_Help_tells_everything(string script)
    {
        string path = Path.Combine(_folder, script);
        PSObject help = Assert.Single(Invoke("Get-Help $path -Full", path));
        Assert.Matches(@"^[A-Z].*\.$", help.Properties["Synopsis"].Value.ToString()!.Trim());
        Assert.NotEmpty(Invoke("(Get-Help $path).description.Text", path));
        IReadOnlyList<PSObject> lacking = Invoke(
            """
            $help = @{}
            Get-Help $path -Parameter * | ForEach-Object { $help[$_.Name] = $_.PSObject.Properties['description'].Value.Text }
            (Get-Command $path).Parameters.Keys |
                Where-Object { $_ -notin [Management.Automation.Cmdlet]::CommonParameters -and $_ -notin 'WhatIf', 'Confirm' } |
                Where-Object { "$($help[$_])".Length -lt 10 }
            """, path);
        Assert.Empty(lacking);
        IReadOnlyList<PSObject> examples = Invoke("(Get-Help $path -Examples).examples.example.code", path);
        Assert.True(examples.Count >= 2);
        Assert.Contains(examples, code => code.ToString().Contains($"./{script}", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void It_parses_and_is_short(string script)
    {
        ScriptBlockAst ast = Parser.ParseFile(Path.Combine(_folder, script), out Token[] tokens, out ParseError[] errors);
        Assert.Empty(errors);
        Assert.Contains(ast.ParamBlock.Attributes, attribute => attribute.TypeName.Name == "CmdletBinding");
        int lines = tokens.Where(token => token.Kind is not (TokenKind.Comment or TokenKind.NewLine or TokenKind.EndOfInput))
            .Select(token => token.Extent.StartLineNumber).Distinct().Count();
        if (script != "Fleet.ps1") Assert.InRange(lines, 10, MostLines);
    }

    [Fact]
    public void The_page_lists_all()
    {
        string page = File.ReadAllText(Path.Combine(_folder, "README.md"));
        Assert.All(Directory.GetFiles(_folder, "*.ps1").Select(path => Path.GetFileName(path)),
            name => Assert.Contains($"| [{name}]({name}) | ", page, StringComparison.Ordinal));
    }

    private IReadOnlyList<PSObject> Invoke(string script, string path)
    {
        EngineResult result = _engine.Invoke(script, new Dictionary<string, object?>(StringComparer.Ordinal) { ["path"] = path });
        Assert.Empty(result.AllErrors);
        return result.Output;
    }
}

using System.Management.Automation.Language;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>
/// The scripts, as far as no analyzer is needed for it: build.ps1 -Task Analyze runs PSScriptAnalyzer over the same files where that is
/// installed. These are its rules that can be held by the parser alone.
/// </summary>
public sealed class ScriptTests : IDisposable
{
    /// <summary>What Windows PowerShell reads, too.</summary>
    private static readonly string[] _windows =
    [
        "ImapPS.psd1", "ImapPS.psm1", "src/ImapPS/Pester/ImapPS.Pester.psm1", "src/ImapPS/Completion/ImapPS.Completion.psm1",
        "tests/Installation/Use-Package.ps1",
    ];

    private static readonly TokenKind[] _later =
    [
        TokenKind.AndAnd, TokenKind.OrOr, TokenKind.QuestionMark, TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals,
        TokenKind.QuestionDot, TokenKind.QuestionLBracket,
    ];

    /// <summary>Variables that PowerShell sets itself.</summary>
    private static readonly HashSet<string> _automatic = new(
        ["_", "args", "error", "event", "ExecutionContext", "false", "foreach", "home", "host", "input", "matches", "MyInvocation", "null",
            "pid",
            "profile", "PSBoundParameters", "PSCmdlet", "PSCommandPath", "PSHome", "PSItem", "PSScriptRoot", "pwd", "sender", "ShellId",
            "StackTrace", "switch", "this", "true", "IsWindows", "IsLinux", "IsMacOS", "IsCoreCLR", "LASTEXITCODE"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Aliases on Windows, and programs elsewhere.</summary>
    private static readonly string[] _windowsAliases =
        ["cat", "clear", "compare", "cp", "diff", "ls", "man", "mount", "mv", "ps", "rm", "rmdir", "sleep", "sort", "start", "tee",
            "write"];

    private readonly PowerShellEngine _engine = new(new EngineOptions { ImportModule = false });

    public static TheoryData<string> Scripts => [.. Files()];

    public static TheoryData<string> WindowsScripts => [.. _windows];

    public void Dispose() => _engine.Dispose();

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_is_plain(string file)
    {
        ScriptBlockAst script = Parse(file, out _);
        HashSet<string> aliases = new(
            _engine.Invoke("(Get-Alias).Name").Output.Select(alias => alias.ToString()).Concat(_windowsAliases),
            StringComparer.OrdinalIgnoreCase);
        Assert.Empty(script.FindAll(ast => ast is CommandAst, true).Cast<CommandAst>()
            .Where(command => command.GetCommandName() is { } name && aliases.Contains(name))
            .Select(command => $"line {command.Extent.StartLineNumber}: {command.GetCommandName()} is an alias"));
        Assert.Empty(script.FindAll(IsForbidden, true).Select(ast => $"line {ast.Extent.StartLineNumber}: {ast.Extent.Text}"));
        Assert.DoesNotContain(File.ReadAllLines(Path.Combine(Repository.Root, file)),
            line => line.Length > 0 && char.IsWhiteSpace(line[^1]));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_function_has_an_approved_verb(string file)
    {
        HashSet<string> verbs = [.. _engine.Invoke("(Get-Verb).Verb").Output.Select(verb => verb.ToString())];
        Assert.Empty(Parse(file, out _).FindAll(ast => ast is FunctionDefinitionAst, true).Cast<FunctionDefinitionAst>()
            .Where(function => function.Name.Split(':')[^1].Split('-') is [var verb, _] && !verbs.Contains(verb))
            .Select(function => function.Name));
    }

    [Theory]
    [MemberData(nameof(WindowsScripts))]
    public void Windows_PowerShell_understands_what_it_reads(string file)
    {
        ScriptBlockAst script = Parse(file, out Token[] tokens);
        Assert.Empty(script.FindAll(ast => ast is TernaryExpressionAst or PipelineChainAst, true).Select(ast => ast.Extent.Text));
        Assert.Empty(tokens.Where(token => _later.Contains(token.Kind))
            .Select(token => $"line {token.Extent.StartLineNumber}: {token.Text}"));

        // It takes a file without a mark for ANSI.
        byte[] octets = File.ReadAllBytes(Path.Combine(Repository.Root, file));
        Assert.True(octets.AsSpan().IndexOfAnyInRange((byte)0x80, (byte)0xff) < 0 || octets is [0xef, 0xbb, 0xbf, ..]);
    }

    private static IEnumerable<string> Files() =>
        from pattern in (string[])["*.ps1", "*.psm1", "*.psd1"]
        from path in Directory.GetFiles(Repository.Root, pattern, SearchOption.AllDirectories)
        let file = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')
        where !file.Split('/').Any(part => part is "bin" or "obj" or "out" or ".git" or "en-US")
        orderby file
        select file;

    private static ScriptBlockAst Parse(string file, out Token[] tokens)
    {
        ScriptBlockAst script = Parser.ParseFile(Path.Combine(Repository.Root, file), out tokens, out ParseError[] errors);
        Assert.Empty(errors.Select(error => $"line {error.Extent.StartLineNumber}: {error.Message}"));
        return script;
    }

    private static bool IsForbidden(Ast ast) => ast switch
    {
        CatchClauseAst { Body.Statements.Count: 0 } => true,
        BinaryExpressionAst { Operator: TokenKind.Ieq or TokenKind.Ine or TokenKind.Ceq or TokenKind.Cne } comparison =>
            comparison.Right is VariableExpressionAst { VariablePath.UserPath: "null" },
        CommandAst command => command.GetCommandName() is "Invoke-Expression" or "Write-Host",
        AssignmentStatementAst { Left: VariableExpressionAst variable } => _automatic.Contains(variable.VariablePath.UserPath)
            && variable.VariablePath.UserPath is not "null",
        ParameterAst { Name.VariablePath.UserPath: var name } => _automatic.Contains(name),
        _ => false,
    };
}

using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Watching;

/// <summary>What Pester is told by the operator that it gets; tests/ImapPS.Pester.Tests.ps1 has Pester itself.</summary>
public sealed class ShouldOperatorTests : WaitTest
{
    private static readonly string _operator = Path.Combine(Repository.Root, "bin", "ImapPS.Pester.psm1");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imapps-pester-");

    public ShouldOperatorTests(MailServer mail)
        : base(mail)
    {
        File.WriteAllText(
            Path.Combine(_folder.FullName, "Pester.psm1"),
            """
            function Add-ShouldOperator($Name, $Test, $InternalName) { $script:name = $Name; $script:test = $Test }
            function Invoke-Operator { & $script:test -CallerSessionState 1 @args }
            function Get-Operator { $script:name; $script:test }
            """);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void It_has_the_parameters_of_Assert_ImapMessage()
    {
        ImportOperator();
        IReadOnlyList<PSObject> registered = Succeed("Get-Operator");
        Assert.Equal("HaveImapMessage", registered[0].ToString());
        IEnumerable<string> parameters = ((ScriptBlock)registered[1].BaseObject).Ast.FindAll(ast =>
            ast is System.Management.Automation.Language.ParameterAst, searchNestedScriptBlocks: false)
            .Select(ast => ((System.Management.Automation.Language.ParameterAst)ast).Name.VariablePath.UserPath);
        IEnumerable<string> all = Succeed("(Get-Command Assert-ImapMessage).Parameters.Keys").Select(name => name.ToString()!)
            .Except(Cmdlet.CommonParameters);
        Assert.Equal(all.Except(["Folder", "None"]).Concat(["ActualValue", "Negate", "Because"]).Order(StringComparer.Ordinal),
            parameters.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-Count 2", true)]
    [InlineData("-Count 1", false)]
    [InlineData("-AtLeast 3", false)]
    [InlineData("-Negate", false)]
    [InlineData("-Negate -To nobody@", true)]
    [InlineData("-Filter { $_.Subject -eq $subject } -Count 1", true)]
    public async Task Two_messages(string parameters, bool holds)
    {
        await AppendAsync("hello 1");
        await AppendAsync("hello 2");
        Connect();
        ImportOperator();
        Succeed("$subject = 'hello 2'");
        PSObject result = Assert.Single(Succeed($"Invoke-Operator -ActualValue INBOX -Subject hello {parameters}"));
        Assert.Equal(holds, Property<bool>(result, "Succeeded"));
        Assert.Equal(holds, Property<string>(result, "FailureMessage").Length == 0);
        Assert.Null(result.Properties["Data"]);
    }

    [Fact]
    public async Task The_report_and_the_messages_come_from_Assert_ImapMessage()
    {
        await AppendAsync("hello");
        Connect();
        ImportOperator();
        string report = AssertError(Run("Assert-ImapMessage INBOX -Subject bye"), "AssertionFailed").Exception.Message;
        Assert.Equal($"Because we said so: {report}",
            Property<string>(Succeed("Invoke-Operator -ActualValue INBOX -Subject bye -Because 'because we said so'")[0],
            "FailureMessage"));
        Assert.Equal(["hello"], Subjects(Succeed("(Invoke-Operator -ActualValue (Get-ImapFolder INBOX) -PassThru).Data")));
    }

    [Theory]
    [InlineData("-ActualValue Nowhere", "FolderNotFound,ImapPS.Commands.AssertImapMessageCommand")]
    [InlineData("-ActualValue INBOX -Read -Unread", "FilterInvalid,ImapPS.Commands.AssertImapMessageCommand")]
    [InlineData("-ActualValue INBOX -Session 4711", "SessionNotFound,ImapPS.Commands.AssertImapMessageCommand")]
    [InlineData("-ActualValue INBOX -After nonsense", "ParameterArgumentTransformationError,ImapPS.Commands.AssertImapMessageCommand")]
    [InlineData("-ActualValue $null", "Should -HaveImapMessage takes a folder*")]
    public void No_error_passes_for_a_message_that_is_not_there(string parameters, string id)
    {
        Connect();
        ImportOperator();
        foreach (string negate in new[] { "", "-Negate" })
        {
            EngineResult result = Run($"Invoke-Operator {parameters} {negate}");
            Assert.Empty(result.Output);
            Assert.True(WildcardPattern.Get(id, WildcardOptions.None).IsMatch(Assert.Single(result.AllErrors).FullyQualifiedErrorId));
        }
    }

    [Fact]
    public void A_negation_has_no_number()
    {
        Connect();
        ImportOperator();
        Assert.Contains("-Count", Assert.Single(Run("Invoke-Operator -ActualValue INBOX -Negate -Count 2").AllErrors).Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_Pester_is_refused()
    {
        IReadOnlyList<ErrorRecord> errors = [.. Import("4.10.1").AllErrors];
        Assert.Equal(2, errors.Count);
        Assert.All(errors, error => Assert.Contains("Pester 4.10.1 is loaded", error.Exception.Message, StringComparison.Ordinal));
        Assert.Empty(Succeed("Get-Operator | Where-Object { $_ }"));
    }

    private void ImportOperator() => Assert.Equal([], Import("5.0.0").AllErrors.Select(error => error.ToString()));

    /// <summary>Twice, as many test files in one session do.</summary>
    private EngineResult Import(string version)
    {
        string manifest = Path.Combine(_folder.FullName, "Pester.psd1");
        File.WriteAllText(manifest, $"@{{ RootModule = 'Pester.psm1'; ModuleVersion = '{version}'; FunctionsToExport = '*' }}");
        return Run("Import-Module $manifest; Import-Module $operator; Import-Module $operator -Force",
            ("manifest", manifest), ("operator", _operator));
    }
}

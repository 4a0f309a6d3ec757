using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using ImapPS.Sandbox;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Changes;

/// <summary>Nothing is changed, or written, that was not agreed to: the same for every cmdlet that changes something.</summary>
public sealed class ConsentTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly string[] _reading = ["LIST", "LSUB", "STATUS", "EXAMINE", "SELECT", "NOOP", "UID SEARCH", "UID FETCH"];

    /// <summary>Each on two things at least, in one pipeline; ! is where -WhatIf and -Confirm stand, and $files a directory with two messages.</summary>
    private static readonly Dictionary<string, string> _scripts = new(StringComparer.Ordinal)
    {
        ["New-ImapFolder"] = "New-ImapFolder New, Newer -Subscribe !",
        ["Rename-ImapFolder"] = "Get-ImapFolder One, Two | Rename-ImapFolder -NewName Three !",
        ["Remove-ImapFolder"] = "Remove-ImapFolder One, Two -Force !",
        ["Set-ImapFolder"] = "Set-ImapFolder One, Two -Subscribed $true !",
        ["Clear-ImapFolder"] = "Clear-ImapFolder One, Two -Force !",
        ["Import-ImapMessage"] = "Import-ImapMessage One $files/*.eml !",
        ["Set-ImapMessage"] = "Get-ImapMessage One | Set-ImapMessage -Flagged !",
        ["Copy-ImapMessage"] = "Get-ImapMessage One | Copy-ImapMessage New -CreateFolder !",
        ["Move-ImapMessage"] = "Get-ImapMessage One | Move-ImapMessage New -CreateFolder !",
        ["Remove-ImapMessage"] = "Get-ImapMessage One | Remove-ImapMessage !",
        ["Save-ImapMessage"] = "Get-ImapMessage One | Save-ImapMessage $files/saved !",
        ["Save-ImapAttachment"] = "Get-ImapMessage One | Save-ImapAttachment $files/saved !",
    };

    private readonly string _files = Directory.CreateTempSubdirectory("imapps-").FullName;

    public static TheoryData<string> Cmdlets() => [.. _scripts.Keys.Append("Remove-ImapMessage -Permanent -Force")];

    [Fact]
    public void Every_cmdlet_that_changes_something_is_here() =>
        Assert.Equal(
            ModuleCmdlets.Types
                .Select(type => type.GetCustomAttribute<CmdletAttribute>()!)
                .Where(cmdlet => cmdlet.SupportsShouldProcess)
                .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}")
                .Order(StringComparer.Ordinal),
            _scripts.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void WhatIf_names_each_and_touches_nothing(string cmdlet)
    {
        Prepare();
        string told = Engine.Format(ScriptOf(cmdlet, "-WhatIf"));
        Assert.Equal(2, told.Split("What if: ").Length - 1);
        AssertNothingWasTouched();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Confirm_asks_and_no_to_all_is_the_end(string cmdlet)
    {
        Prepare();
        using var engine = new PowerShellEngine(new EngineOptions());
        engine.Prompts.Answer("No to All");
        EngineResult result = engine.Invoke(
            $"$PSDefaultParameterValues['*-Imap*:Session'] = $id; {ScriptOf(cmdlet, "-Confirm")}",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = Succeed("(Get-ImapSession | Where-Object IsDefault).Id")[0] });
        Assert.Empty(result.AllErrors);
        Assert.Single(engine.Prompts.Asked);
        AssertNothingWasTouched();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task Where_nobody_can_be_asked_Confirm_is_an_error(string cmdlet)
    {
        Prepare();
        EngineResult result = await RunAsync(ScriptOf(cmdlet, "-Confirm"));
        Assert.NotEmpty(result.AllErrors);
        AssertNothingWasTouched();
    }

    [Theory]
    [InlineData("Get-ImapMessage One | Remove-ImapMessage -Permanent", "ConfirmationRequired")]
    [InlineData("Clear-ImapFolder One, Two", "ConfirmationRequired")]
    [InlineData("Remove-ImapFolder One", "FolderNotEmpty")]
    public async Task What_cannot_be_undone_wants_Force_where_nobody_can_be_asked(string script, string id)
    {
        Prepare();
        AssertError(await RunAsync(script), id);
        AssertNothingWasTouched();
    }

    private void Prepare()
    {
        foreach (string folder in new[] { "One", "Two" })
        {
            User.DeliverMany(folder, 2, i => new SeedMessage(new MailText
            {
                Subject = i.ToString(CultureInfo.InvariantCulture),
                Text = "x",
                Attachments = [new MailAttachment("a.txt", "text/plain", "x"u8.ToArray())],
            }.ToString()));
        }

        for (int i = 0; i < 2; i++) File.WriteAllText(Path.Combine(_files, Text($"{i}.eml")), Message("x"));
        Connect();
    }

    private void AssertNothingWasTouched()
    {
        Assert.All(Proxy.Commands, command => Assert.Contains(command.Verb, _reading));
        Assert.False(Directory.Exists(Path.Combine(_files, "saved")) && Directory.EnumerateFiles(Path.Combine(_files, "saved")).Any());
        Directory.Delete(_files, recursive: true);
    }

    private string ScriptOf(string cmdlet, string consent)
    {
        string script = cmdlet.Contains(' ', StringComparison.Ordinal) ? $"Get-ImapMessage One | {cmdlet} !" : _scripts[cmdlet];
        return script.Replace("!", consent, StringComparison.Ordinal).Replace("$files", $"'{_files}'", StringComparison.Ordinal).Replace($"'{_files}'/", $"{_files}/", StringComparison.Ordinal);
    }
}

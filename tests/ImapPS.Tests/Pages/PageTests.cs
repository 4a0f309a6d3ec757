using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text.RegularExpressions;
using ImapPS.Errors;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Pages;

/// <summary>What the pages say of cmdlets, parameters, errors and tests, also where nothing can be run: it is there.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Pages => [.. PageFiles.ForUsers];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_is_PowerShell(string page) =>
        Assert.Equal([], PageFiles.Blocks(page).Where(block => !block.Contains("<this repository>", StringComparison.Ordinal))
            .SelectMany(block =>
            {
                Parser.ParseInput(block, out _, out ParseError[] errors);
                return errors.Select(error => $"{error.Message} in: {block}");
            }));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_cmdlet_of_the_module_is_there_and_has_the_parameters(string page) =>
        Assert.Equal([], Commands(page).SelectMany(Mistakes).Distinct());

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_cmdlet_in_the_text_is_there(string page) =>
        Assert.Equal([], Names().Matches(PageFiles.Text(page)).Select(name => name.Value).Except(ModuleCmdlets.Names));

    [Fact]
    public void The_page_of_errors_has_each_id_of_the_table_and_no_other()
    {
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] cells in PageFiles.Rows("docs/errors.md"))
        {
            if (cells is [var id, { Length: > 0 }, _, { Length: > 0 }] && ErrorRow().Match(id) is { Success: true } row)
            {
                rows.Add(row.Groups["id"].Value, row.Groups["what"].Value);
            }
        }

        Assert.Equal(
            Enum.GetValues<ImapErrorId>().Select(What).Order(StringComparer.Ordinal),
            rows.Select(row => $"{row.Key}: {row.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_of_security_names_tests_that_there_are()
    {
        string[] tests = [.. typeof(PageTests).Assembly.GetTypes().Select(type => type.Name)];
        string[] named = [.. Tests().Matches(PageFiles.Text("docs/security.md")).Select(name => name.Groups["name"].Value).Distinct()];
        Assert.NotEmpty(named);
        Assert.Equal([], named.Except(tests));
    }

    [Fact]
    public void The_contents_have_every_page()
    {
        string contents = PageFiles.Text("docs/README.md");
        Assert.All(
            PageFiles.ForUsers.Except(["README.md", "docs/README.md"]),
            page => Assert.Contains($"]({Path.GetFileName(page)})", contents, StringComparison.Ordinal));
    }

    /// <summary>An error as the page has it, made from the table that makes the records.</summary>
    private static string What(ImapErrorId id)
    {
        var exception = new ImapException(id, "message", "action");
        string ends = ErrorTable.EndsCall(exception) ? "call" : "item";
        return $"{id}: {ErrorTable.ToRecord(exception).CategoryInfo.Category}, {ends}";
    }

    private static IEnumerable<string> Mistakes(CommandAst command)
    {
        string name = command.GetCommandName();
        if (!name.Contains("-Imap", StringComparison.Ordinal)) yield break;

        Type? type = ModuleCmdlets.Types.FirstOrDefault(type => type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet
            && name.EndsWith($"{cmdlet.VerbName}-{cmdlet.NounName}", StringComparison.Ordinal));
        if (type is null)
        {
            yield return $"{name} is not there";
            yield break;
        }

        string[] known =
        [
            .. type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))).Select(property => property.Name),
            .. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters, "First", "Skip", "IncludeTotalCount",
        ];
        foreach (CommandParameterAst parameter in command.CommandElements.OfType<CommandParameterAst>())
        {
            if (!known.Contains(parameter.ParameterName)) yield return $"{name} has no -{parameter.ParameterName}";
        }
    }

    /// <summary>The commands of the blocks, and of the cells of tables that are a command.</summary>
    private static IEnumerable<CommandAst> Commands(string page) =>
        from code in PageFiles.Blocks(page).Concat(PageFiles.Rows(page).SelectMany(cells => cells).Select(PageFiles.Code).OfType<string>())
        from ast in Parser.ParseInput(code, out _, out _).FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)
        let command = (CommandAst)ast
        where command.GetCommandName() is not null
        select command;

    [GeneratedRegex(@"\b[A-Z][a-z]+-Imap[A-Z]?[A-Za-z]*\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();

    [GeneratedRegex("^`(?<id>[A-Za-z]+)`<br>(?<what>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ErrorRow();

    [GeneratedRegex("`(?<name>[A-Za-z]+Tests)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tests();
}

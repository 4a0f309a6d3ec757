using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>What build.ps1 packages, by the patterns that stand in it.</summary>
public sealed partial class PackageTests
{
    private static readonly string[] _files = [.. Patterns().SelectMany(Expand)];

    [Fact]
    public void Whatever_the_manifest_names_is_in_it()
    {
        string[] named =
        [
            "ImapPS.psd1", "ImapPS.psm1", "bin/ImapPS.Format.ps1xml", "bin/ImapPS.Types.ps1xml",
            "bin/ImapPS.Pester.psm1", "bin/ImapPS.Completion.psm1",
            "bin/net8.0/ImapPS.dll", "bin/net472/ImapPS.dll", "en-US/ImapPS.dll-Help.xml",
        ];
        Assert.All(named, file => Assert.Contains(file, _files));
    }

    [Fact]
    public void No_page_in_it_has_a_dead_link()
    {
        string[] pages = [.. _files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))];
        Assert.Contains("README.md", pages);
        Assert.Empty(pages.SelectMany(DeadLinks));
    }

    private static IEnumerable<string> DeadLinks(string page) =>
        from Match link in Link().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
        let target = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link.Groups["path"].Value))
        where !_files.Contains(Relative(target), StringComparer.Ordinal)
        select $"{page}: {link.Groups["path"].Value}";

    private static IEnumerable<string> Patterns() =>
        Parser.ParseFile(Path.Combine(Repository.Root, "build.ps1"), out _, out _)
            .FindAll(IsModuleFiles, searchNestedScriptBlocks: false)
            .Single()
            .FindAll(ast => ast is StringConstantExpressionAst, searchNestedScriptBlocks: false)
            .Select(ast => ((StringConstantExpressionAst)ast).Value);

    private static bool IsModuleFiles(Ast ast) =>
        ast is AssignmentStatementAst { Left: VariableExpressionAst { VariablePath.UserPath: "moduleFiles" } };

    private static IEnumerable<string> Expand(string pattern)
    {
        string folder = Path.Combine(Repository.Root, Path.GetDirectoryName(pattern)!);
        string[] found = Directory.GetFiles(folder, Path.GetFileName(pattern));
        Assert.True(found.Length > 0, $"Nothing to package matches {pattern}.");
        return found.Select(Relative);
    }

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');

    [GeneratedRegex(@"\]\((?![a-z]+:|#)(?<path>[^)#\s]+)")]
    private static partial Regex Link();
}

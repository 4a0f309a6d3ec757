using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Pages;

/// <summary>The pages that people read, as paths from the repository's root, and what stands in them.</summary>
internal static partial class PageFiles
{
    /// <summary>Pages for users. The reference is made of the doc comments, and ExampleTests types its examples.</summary>
    public static IReadOnlyList<string> ForUsers { get; } = ["README.md", .. Below("docs")];

    /// <summary>Every page of the repository.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Below("."), .. Below("docs"), .. Below("docs/reference"), .. Below("examples"), .. Below(".github")];

    public static string Text(string page) => File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");

    /// <summary>The blocks of PowerShell, as they stand.</summary>
    public static IEnumerable<string> Blocks(string page) => Block().Matches(Text(page)).Select(block => block.Groups["code"].Value);

    /// <summary>The cells of every row of the tables, without those that say what the columns are.</summary>
    public static IEnumerable<string[]> Rows(string page) =>
        from line in Text(page).Split('\n')
        where line.StartsWith("| ", StringComparison.Ordinal)
        select Cell().Split(line)[1..^1].Select(cell => cell.Trim().Replace("\\|", "|", StringComparison.Ordinal)).ToArray();

    /// <summary>What stands between backticks in a cell that has nothing else; null for another cell.</summary>
    public static string? Code(string cell) =>
        cell is ['`', .. var code, '`'] && !code.Contains('`', StringComparison.Ordinal) ? code : null;

    private static IEnumerable<string> Below(string folder)
    {
        string path = Path.Combine(Repository.Root, folder);
        return Directory.Exists(path)
            ? Directory.GetFiles(path, "*.md", new EnumerationOptions { RecurseSubdirectories = folder == ".github" })
                .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
            : [];
    }

    [GeneratedRegex(
        @"^```powershell\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Cell();
}

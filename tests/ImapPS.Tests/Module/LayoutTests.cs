using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>What .editorconfig says of lines, which no analyzer holds.</summary>
public sealed class LayoutTests
{
    private const int MostColumns = 140;
    private const int MostLines = 250;

    /// <summary>What the head of a longer file says before its reason.</summary>
    private const string Reason = "// Longer than 250 lines: ";

    [Fact]
    public void Lines_have_at_most_140_columns() =>
        Assert.Empty(
            from file in Files("src").Concat(Files("tests")).Concat(Files("benchmarks"))
            from line in Code(File.ReadAllLines(file))
            where line.Text.Length > MostColumns
            select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number} has {line.Text.Length} columns");

    [Fact]
    public void Files_have_at_most_250_lines_or_say_why() =>
        Assert.Empty(
            from file in Files("src").Concat(Files("benchmarks"))
            let lines = File.ReadAllLines(file)
            where lines.Length > MostLines && !Array.Exists(lines, line => line.StartsWith(Reason, StringComparison.Ordinal))
            select $"{Path.GetRelativePath(Repository.Root, file)} has {lines.Length} lines");

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(Path.GetRelativePath(Repository.Root, file)));

    private static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    /// <summary>All lines but those of raw strings: what a script, a page or a table says has lines of its own.</summary>
    private static IEnumerable<(int Number, string Text)> Code(string[] lines)
    {
        string? end = null;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd();
            if (end is not null)
            {
                if (line.TrimStart().StartsWith(end, StringComparison.Ordinal)) end = null;
                continue;
            }

            yield return (i + 1, line);
            if (line.EndsWith("\"\"\"", StringComparison.Ordinal)) end = "\"\"\"";
        }
    }
}

using System.Globalization;
using System.Text.Json;

namespace ImapPS.Tests.Recipes;

/// <summary>What came of a statement.</summary>
/// <param name="ExitCode">$LASTEXITCODE after it; of one that ended the process, the exit code of that.</param>
/// <param name="Objects">What it returned, as JSON.</param>
/// <param name="WhatIf">The lines of -WhatIf.</param>
/// <param name="Said">All that was shown.</param>
public sealed record RecipeRun(int ExitCode, IReadOnlyList<JsonElement> Objects, IReadOnlyList<string> WhatIf, string Said)
{
    /// <summary>The one object.</summary>
    public JsonElement Only => Assert.Single(Objects);

    /// <summary>The one object, as text.</summary>
    public string? Text => Only.GetString();

    /// <summary>The text of a property of each object.</summary>
    public IEnumerable<string?> Texts(string property) => Objects.Select(one => one.GetProperty(property).GetString());

    internal static RecipeRun Read(string output, int exitCode, string errors)
    {
        string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
        string? exit = Array.Find(lines, line => line.StartsWith(RecipeTest.ExitMark, StringComparison.Ordinal));
        return new RecipeRun(
            exit is null ? exitCode : int.Parse(exit[RecipeTest.ExitMark.Length..], CultureInfo.InvariantCulture),
            [.. lines.Where(line => line.StartsWith(RecipeTest.ObjectMark, StringComparison.Ordinal))
                .Select(line => JsonDocument.Parse(line[RecipeTest.ObjectMark.Length..]).RootElement)],
            [.. lines.Where(line => line.StartsWith("What if:", StringComparison.Ordinal))],
            output + errors);
    }
}

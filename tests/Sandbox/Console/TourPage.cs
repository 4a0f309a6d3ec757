using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// docs/tour-of-the-console.md: prose, and blocks of what was typed at a console and what came back. The page is its own script: each line
/// behind a prompt is typed, each answer to a question too, and everything else in the block is what the console printed.
/// </summary>
public static partial class TourPage
{
    private const string Fence = "```";
    private const string ContinuationPrompt = ">> ";

    public static string FilePath { get; } = Path.Combine(Repository.Root, "docs", "tour-of-the-console.md");

    /// <summary>Types the page, and writes down what came back this time.</summary>
    public static async Task RecordAsync(SandboxAccess access, CancellationToken cancellationToken)
    {
        var page = await File.ReadAllTextAsync(FilePath, cancellationToken);
        await File.WriteAllTextAsync(FilePath, await PlayAsync(page, access, cancellationToken), cancellationToken);
    }

    /// <summary>The page as it is when it is typed now.</summary>
    public static async Task<string> PlayAsync(string page, SandboxAccess access, CancellationToken cancellationToken)
    {
        await using var console = await ConsoleSession.StartAsync(access, cancellationToken);
        var output = new List<string>();
        var lines = new Queue<string>(page.ReplaceLineEndings("\n").TrimEnd().Split('\n'));
        while (lines.TryDequeue(out var line))
        {
            output.Add(line);
            if (!line.StartsWith(Fence, StringComparison.Ordinal)) continue;

            var block = new List<string>();
            while (lines.TryPeek(out var next) && !next.StartsWith(Fence, StringComparison.Ordinal)) block.Add(lines.Dequeue());
            output.AddRange(await TypeAsync(console, block, access, cancellationToken));
            output.Add(lines.Dequeue());
        }

        return string.Join('\n', output) + "\n";
    }

    /// <summary>The page without what differs from one day or machine to the next: times, ports, and the room that they leave.</summary>
    public static string Normalize(string page) => Variable().Replace(page, "*");

    private static async Task<IReadOnlyList<string>> TypeAsync(ConsoleSession console, List<string> block,
        SandboxAccess access, CancellationToken cancellationToken)
    {
        if (!block.Exists(IsTyped)) return block;

        var output = new List<string>();
        for (var start = block.FindIndex(IsTyped); start < block.Count;)
        {
            var end = block.FindIndex(start + 1, IsTyped);
            if (end < 0) end = block.Count;
            var recorded = block[start..end];
            output.AddRange(await TypeOneAsync(console, recorded, access, cancellationToken));
            if (end < block.Count) output.Add("");
            start = end;
        }

        return output;
    }

    /// <summary>One statement with its answers; the lines as the console shows them.</summary>
    private static async Task<IReadOnlyList<string>> TypeOneAsync(ConsoleSession console, List<string> recorded,
        SandboxAccess access, CancellationToken cancellationToken)
    {
        var typed = recorded.TakeWhile((line, index) => index == 0 || line.StartsWith(ContinuationPrompt, StringComparison.Ordinal))
            .ToList();
        var statement = string.Join(
            '\n', typed.Select((line, index) => line[(index == 0 ? ConsoleSession.Prompt : ContinuationPrompt).Length..]));
        await console.EnterAsync(statement, cancellationToken);
        foreach (var question in recorded.Skip(typed.Count).Select(line => Question().Match(line)).Where(match => match.Success))
        {
            var asked = question.Groups["asked"].Value;
            await console.Terminal.WaitForAsync(
                screen => screen.CursorLine.TrimEnd()
                    .EndsWith(asked.TrimEnd(), StringComparison.Ordinal), $"The question '{asked}'", cancellationToken);
            var answer = question.Groups["answer"].Value;
            await console.Terminal.TypeAsync(answer.StartsWith('*') ? access.Password : answer, cancellationToken);
            await console.Terminal.PressAsync("Enter", cancellationToken);
        }

        return [.. typed, .. console.Output(await console.WaitForPromptAsync(cancellationToken), statement)];
    }

    private static bool IsTyped(string line) => line.StartsWith(ConsoleSession.Prompt, StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<asked>User: |Password[^:]*: |.*\(default is ""\w""\): ?)(?<answer>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Question();

    // A date or a time, with the words that PowerShell has around one; the name of a month in the demo's receipts; a port; runs of spaces,
    // dashes and asterisks.
    [GeneratedRegex(@"\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{4}|\d\d:\d\d(:\d\d)?( [AP]M)?|\b(January|February|March|April|May|June|July|August"
        + @"|September|October|November|December) \d{4}|\b\d{6}(?= )|\bport \d+|\b\d{4,5} (?=TLS|STARTTLS)|[ -]{2,}"
        + @"|\*+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}

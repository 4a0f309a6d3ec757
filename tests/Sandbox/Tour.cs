using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>A script as somebody would type it: each comment and statement, and what the console prints after it.</summary>
internal static class Tour
{
    /// <summary>Whether every statement came to its end.</summary>
    public static async Task<bool> RunAsync(
        PowerShellEngine engine,
        string path,
        TextWriter output,
        IDictionary<string, object?> variables,
        CancellationToken cancellationToken)
    {
        foreach (var (text, isStatement) in Split(path))
        {
            await output.WriteLineAsync(isStatement ? Prompted(text) : text);
            if (!isStatement) continue;

            using var screen = new StringWriter(CultureInfo.InvariantCulture);
            var result = await engine.ShowAsync(text, screen, screen, variables, cancellationToken);
            var shown = screen.ToString().TrimEnd();
            await output.WriteLineAsync(shown.Length == 0 ? "" : shown + Environment.NewLine);
            if (result.Exception is not null) return false;
        }

        return true;
    }

    private static IEnumerable<(string Text, bool IsStatement)> Split(string path)
    {
        var script = Parser.ParseFile(path, out var tokens, out var errors);
        if (errors is [var error, ..]) throw new InvalidOperationException($"{path}:{error.Extent.StartLineNumber}: {error.Message}");

        var statements = script.EndBlock.Statements.Select(statement => statement.Extent).ToList();
        var comments = tokens.Where(token => token.Kind == TokenKind.Comment)
            .Select(token => token.Extent)
            .Where(comment => !statements.Exists(statement => Contains(statement, comment)));
        return comments.Select(extent => (extent, IsStatement: false))
            .Concat(statements.Select(extent => (extent, IsStatement: true)))
            .OrderBy(part => part.extent.StartOffset)
            .Select(part => (part.extent.Text, part.IsStatement));
    }

    private static bool Contains(IScriptExtent outer, IScriptExtent inner) =>
        outer.StartOffset <= inner.StartOffset && inner.EndOffset <= outer.EndOffset;

    private static string Prompted(string statement) =>
        "PS> " + string.Join(Environment.NewLine + ">> ", statement.ReplaceLineEndings("\n").Split('\n'));
}

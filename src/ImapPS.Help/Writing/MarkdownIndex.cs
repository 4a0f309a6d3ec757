using System.Collections.Generic;
using System.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Writing;

/// <summary>The folder's first page: every cmdlet, and every object that one emits.</summary>
internal static class MarkdownIndex
{
    public const string FileName = "README.md";

    private static readonly MarkdownText _text = new(self: "");

    public static string Of(HelpModule module) => string.Join("\n\n", Sections(module)) + "\n";

    /// <summary>The anchor that GitHub gives to an object's heading.</summary>
    public static string Anchor(string fullName) => fullName[(fullName.LastIndexOf('.') + 1)..].ToLowerInvariant();

    private static IEnumerable<string> Sections(HelpModule module) =>
    [
        MarkdownWriter.Mark,
        $"# {module.Name} reference",
        "## Cmdlets",
        Table(["Cmdlet", "Synopsis"], module.Cmdlets.Select(cmdlet => new[] { Link(cmdlet), _text.Cell(cmdlet.Summary) })),
        .. module.Objects.Count == 0 ? [] : new[] { "## Objects", "What the cmdlets emit, and what the properties of that hold." },
        .. module.Objects.SelectMany(Object),
    ];

    private static string Link(CmdletHelp cmdlet) => $"[{cmdlet.Name}]({cmdlet.Name}.md)";

    private static IEnumerable<string> Object(ObjectHelp type)
    {
        yield return $"### {type.Name}";
        yield return _text.Of(type.Summary.Then(type.Remarks));

        if (type.Members.Count > 0) yield return type.IsEnum ? Values(type) : Properties(type);
    }

    private static string Values(ObjectHelp type) =>
        Table(["Value", "Meaning"], type.Members.Select(value => new[] { MarkdownText.Code(value.Name), _text.Cell(value.Summary) }));

    private static string Properties(ObjectHelp type) => Table(
        ["Property", "Type", "Meaning"],
        type.Members.Select(property => new[] { property.Name, MarkdownText.Code(property.Type), _text.Cell(property.Summary) }));

    private static string Table(string[] headings, IEnumerable<string[]> rows) =>
        string.Join('\n', rows.Prepend([.. headings.Select(_ => "---")]).Prepend(headings).Select(row => $"| {string.Join(" | ", row)} |"));
}

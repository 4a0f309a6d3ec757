using System.Collections.Generic;
using System.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Writing;

/// <summary>A cmdlet's page, in the order that platyPS made customary.</summary>
internal sealed class MarkdownPage(CmdletHelp cmdlet, IReadOnlySet<string> objects)
{
    private readonly MarkdownText _text = new(cmdlet.Name);

    public string Text() => string.Join("\n\n", Sections().Where(section => section.Length > 0)) + "\n";

    private IEnumerable<string> Sections() =>
    [
        MarkdownWriter.Mark,
        $"# {cmdlet.Name}",
        "## SYNOPSIS",
        _text.Of(cmdlet.Summary),
        "## SYNTAX",
        .. cmdlet.ParameterSets.SelectMany(Syntax),
        "## DESCRIPTION",
        _text.Of(cmdlet.Remarks),
        cmdlet.Aliases.Count == 0 ? "" : $"Aliases: {string.Join(", ", cmdlet.Aliases.Select(MarkdownText.Code))}.",
        "## EXAMPLES",
        .. cmdlet.Examples.SelectMany(Example),
        "## PARAMETERS",
        .. cmdlet.ListedParameters.SelectMany(Parameter),
        "### CommonParameters",
        "This cmdlet supports the common parameters, such as `-ErrorAction` and `-Verbose`: see "
            + "[about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).",
        "## INPUTS",
        .. Piped(cmdlet.Inputs),
        "## OUTPUTS",
        .. Piped(cmdlet.Outputs),
        "## NOTES",
        _text.Of(cmdlet.Notes),
        "## RELATED LINKS",
        string.Join('\n', cmdlet.Links.Select(Link).Append("- [All cmdlets](README.md)")),
    ];

    private IEnumerable<string> Syntax(ParameterSetHelp set)
    {
        if (cmdlet.ParameterSets.Count > 1) yield return $"### {set.Name}{(set.IsDefault ? " (Default)" : "")}";

        yield return MarkdownText.Fenced(SyntaxText.Of(cmdlet.Name, set), "text");
    }

    private IEnumerable<string> Example(ExampleHelp example) =>
    [
        "### " + example.Heading(_text.Line(example.Title)),
        MarkdownText.Fenced(example.Code, "powershell"),
        _text.Of(example.Remarks),
    ];

    private IEnumerable<string> Parameter(ParameterHelp parameter) =>
    [
        $"### -{parameter.Name}",
        _text.Of(parameter.Description),
        ExplainedValues(parameter),
        MarkdownText.Fenced(ParameterYaml.Of(parameter, cmdlet.ParameterSets), "yaml"),
    ];

    private string ExplainedValues(ParameterHelp parameter) => parameter.Values.All(value => value.Summary.IsEmpty)
        ? ""
        : string.Join('\n', parameter.Values.Select(value => $"- {MarkdownText.Code(value.Name)}: {_text.Line(value.Summary)}"));

    private IEnumerable<string> Piped(IReadOnlyList<PipedType> types) =>
        types.DefaultIfEmpty(new PipedType("None", Prose.Empty)).SelectMany(type => new[]
        {
            "### " + TypeHeading(type.Name),
            _text.Of(type.Description),
        });

    /// <summary>What cmdlets emit is described in the index.</summary>
    private string TypeHeading(string name) =>
        objects.Contains(name) ? $"[{name}]({MarkdownIndex.FileName}#{MarkdownIndex.Anchor(name)})" : MarkdownText.Escape(name);

    private static string Link(LinkHelp link) => link switch
    {
        { Kind: LinkKind.Page } => $"- [{MarkdownText.Escape(link.Text)}]({link.Address})",
        { Kind: LinkKind.Cmdlet, Text: var name } => $"- [{name}]({name}.md)",
        { Kind: LinkKind.About, Text: var name } => $"- [{name}](../{name}.help.txt)",
        _ => "- " + MarkdownText.Code(link.Text),
    };
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Writing;

/// <summary>Prose as a terminal shows it.</summary>
internal static class PlainText
{
    /// <summary>One text a paragraph; a list or a piece of code is a paragraph of several lines.</summary>
    public static IEnumerable<string> Paragraphs(Prose prose) => prose.Blocks.Select(Of);

    /// <summary>All of it on one line.</summary>
    public static string Line(Prose prose) => Of(prose.AsParagraph());

    private static string Of(Block block) => block switch
    {
        Paragraph paragraph => string.Concat(paragraph.Runs.Select(Of)),
        CodeBlock code => code.Code,
        ListBlock list => string.Join('\n', list.Items.Select((item, index) => Marker(list, index) + Of(item))),
        _ => "",
    };

    private static string Marker(ListBlock list, int index) =>
        list.IsNumbered ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}. ") : "- ";

    private static string Of(ListItem item) => item switch
    {
        { Term.Runs.Count: 0 } => Of(item.Description),
        { Description.Runs.Count: 0 } => Of(item.Term),
        _ => $"{Of(item.Term)}: {Of(item.Description)}",
    };

    private static string Of(Inline run) => run switch
    {
        TextRun text => text.Text,
        CodeRun code => code.Text,
        CmdletRun cmdlet => cmdlet.Name,
        StressedRun stressed => stressed.Text,
        LinkRun link => link.IsBare ? link.Text : $"{link.Text} ({link.Address})",
        _ => "",
    };
}

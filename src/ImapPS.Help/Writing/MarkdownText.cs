using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using ImapPS.Help.Model;

namespace ImapPS.Help.Writing;

/// <summary>Prose as GitHub shows it. Another cmdlet's name links to its page; the page's own does not.</summary>
internal sealed partial class MarkdownText(string self)
{
    public string Of(Prose prose) => string.Join("\n\n", prose.Blocks.Select(Of));

    /// <summary>All of it on one line.</summary>
    public string Line(Prose prose) => Of(prose.AsParagraph());

    /// <summary>A line with no text that would end a table's cell.</summary>
    public string Cell(Prose prose) => Line(prose).Replace("|", "\\|", StringComparison.Ordinal);

    public static string Fenced(string code, string language)
    {
        var fence = "```";
        while (code.Contains(fence, StringComparison.Ordinal)) fence += "`";

        return $"{fence}{language}\n{code}\n{fence}";
    }

    public static string Code(string text)
    {
        if (!text.Contains('`', StringComparison.Ordinal)) return $"`{text}`";

        var ticks = "``";
        while (text.Contains(ticks, StringComparison.Ordinal)) ticks += "`";

        return $"{ticks} {text} {ticks}";
    }

    public static string Escape(string text) => Special().Replace(text, "\\$0");

    private string Of(Block block) => block switch
    {
        Paragraph paragraph => LineStart().Replace(string.Concat(paragraph.Runs.Select(Of)), "${number}\\"),
        CodeBlock code => Fenced(code.Code, "powershell"),
        ListBlock list => string.Join('\n', list.Items.Select((item, index) => Marker(list, index) + Of(item))),
        _ => "",
    };

    private static string Marker(ListBlock list, int index) =>
        list.IsNumbered ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}. ") : "- ";

    private string Of(ListItem item) => item switch
    {
        { Term.Runs.Count: 0 } => Of(item.Description),
        { Description.Runs.Count: 0 } => Of(item.Term),
        _ => $"{Of(item.Term)}: {Of(item.Description)}",
    };

    private string Of(Inline run) => run switch
    {
        TextRun text => Escape(text.Text),
        CodeRun code => Code(code.Text),
        CmdletRun { Name: var name } => string.Equals(name, self, StringComparison.Ordinal) ? Code(name) : $"[{name}]({name}.md)",
        StressedRun { Strong: true } strong => $"**{Escape(strong.Text)}**",
        StressedRun stressed => $"*{Escape(stressed.Text)}*",
        LinkRun link => link.IsBare ? $"<{link.Address}>" : $"[{Escape(link.Text)}]({link.Address})",
        _ => "",
    };

    /// <summary>What markdown reads as markup anywhere; an underscore only where it is not within a word.</summary>
    [GeneratedRegex(@"[\\`*<\[\]~]|(?<!\w)_|_(?!\w)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Special();

    /// <summary>What markdown reads as a heading, a quotation or a list at the start of a paragraph.</summary>
    [GeneratedRegex(@"^(?<number>\d+(?=[.)]\s)|(?=[-+]\s|#+\s|>))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineStart();
}

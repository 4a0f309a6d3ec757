using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Documentation;

/// <summary>Reads what stands within a line of a doc comment: references, values, links, stress.</summary>
internal sealed partial class InlineReader(ReferenceNames references)
{
    public IEnumerable<Inline> ReadAll(IEnumerable<XNode> nodes) => nodes.SelectMany(node => node switch
    {
        XText text => [new TextRun(text.Value)],
        XElement element => Read(element),
        _ => Enumerable.Empty<Inline>(),
    });

    public IEnumerable<Inline> Read(XElement element)
    {
        var text = OneLine(element.Value).Trim();

        switch (element.Name.LocalName)
        {
            case "see" or "seealso" or "a" when (string?)element.Attribute("href") is { } address:
                return [new LinkRun(text.Length > 0 ? text : address, address)];

            case "see" or "seealso" when text.Length > 0:
                return [new TextRun(text)];

            case "see" or "seealso" when (string?)element.Attribute("cref") is { } cref:
                return [references.For(cref)];

            case "see" when (string?)element.Attribute("langword") is { } word:
                return [new CodeRun(word is "null" or "true" or "false" ? "$" + word : word)];

            case "paramref" or "typeparamref" when (string?)element.Attribute("name") is { } name:
                return [new CodeRun(name)];

            case "c" or "tt":
                return [new CodeRun(text)];

            case "b" or "strong":
                return [new StressedRun(text, Strong: true)];

            case "i" or "em":
                return [new StressedRun(text, Strong: false)];

            default:
                // Paragraphs within a list's item, and tags that are not known, are their text, with a space between.
                return [new TextRun(" "), .. ReadAll(element.Nodes()), new TextRun(" ")];
        }
    }

    /// <summary>Runs as a paragraph: white space is one space, and none at the ends.</summary>
    public static Paragraph Tidy(IEnumerable<Inline> runs)
    {
        var tidy = new List<Inline>();
        var atSpace = true;

        foreach (var run in runs)
        {
            if (run is not TextRun { Text: var raw })
            {
                tidy.Add(run);
                atSpace = false;
                continue;
            }

            var text = OneLine(raw);
            if (atSpace) text = text.TrimStart();
            if (text.Length == 0) continue;

            tidy.Add(new TextRun(text));
            atSpace = text.EndsWith(' ');
        }

        if (tidy is [.., TextRun last])
        {
            tidy.RemoveAt(tidy.Count - 1);
            if (last.Text.TrimEnd() is { Length: > 0 } end) tidy.Add(new TextRun(end));
        }

        return new Paragraph(tidy);
    }

    private static string OneLine(string text) => WhiteSpace().Replace(text, " ");

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhiteSpace();
}

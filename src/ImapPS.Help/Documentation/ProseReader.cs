using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Documentation;

/// <summary>Reads the markup of a doc comment: paragraphs (tagged, or parted by blank lines), code and lists.</summary>
internal sealed partial class ProseReader(ReferenceNames references)
{
    private readonly InlineReader _inlines = new(references);

    public Prose Read(IEnumerable<XElement> parts) => new([.. parts.SelectMany(part => ReadBlocks(part.Nodes()))]);

    public Prose Read(IEnumerable<XNode> nodes) => new([.. ReadBlocks(nodes)]);

    private List<Block> ReadBlocks(IEnumerable<XNode> nodes)
    {
        var blocks = new List<Block>();
        var runs = new List<Inline>();

        foreach (var node in nodes)
        {
            switch (node)
            {
                case XText text:
                    var paragraphs = BlankLine().Split(text.Value);
                    runs.Add(new TextRun(paragraphs[0]));
                    foreach (var paragraph in paragraphs.Skip(1))
                    {
                        Flush();
                        runs.Add(new TextRun(paragraph));
                    }

                    break;

                case XElement { Name.LocalName: "para" or "p" } paragraph:
                    Flush();
                    blocks.AddRange(ReadBlocks(paragraph.Nodes()));
                    break;

                case XElement { Name.LocalName: "code" } code:
                    Flush();
                    blocks.Add(new CodeBlock(CodeText.Of(code)));
                    break;

                case XElement { Name.LocalName: "list" } list:
                    Flush();
                    blocks.Add(ReadList(list));
                    break;

                case XElement { Name.LocalName: "br" }:
                    Flush();
                    break;

                case XElement inline:
                    runs.AddRange(_inlines.Read(inline));
                    break;
            }
        }

        Flush();
        return blocks;

        void Flush()
        {
            var paragraph = InlineReader.Tidy(runs);
            if (paragraph.Runs.Count > 0) blocks.Add(paragraph);
            runs.Clear();
        }
    }

    private ListBlock ReadList(XElement list) =>
        new((string?)list.Attribute("type") is "number", [.. list.Elements("item").Select(ReadItem)]);

    private ListItem ReadItem(XElement item)
    {
        var term = item.Element("term");
        var description = item.Element("description");

        return new ListItem(
            InlineReader.Tidy(term is null ? [] : _inlines.ReadAll(term.Nodes())),
            InlineReader.Tidy(_inlines.ReadAll(description?.Nodes() ?? item.Nodes().Where(node => node != term))));
    }

    [GeneratedRegex(@"\n[ \t]*\n\s*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BlankLine();
}

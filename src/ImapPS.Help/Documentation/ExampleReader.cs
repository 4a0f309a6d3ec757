using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Documentation;

/// <summary>Reads an example: its code, and the text on either side of it.</summary>
internal sealed class ExampleReader(ProseReader prose)
{
    public ExampleHelp Read(XElement example, int number)
    {
        var code = example.Element("code");
        if (code is null) return new ExampleHelp(number, Prose.Empty, Code: "", prose.Read(example.Nodes()));

        var before = prose.Read(code.NodesBeforeSelf()).Blocks;
        return new ExampleHelp(
            number,
            new Prose([.. before.Take(1)]),
            CodeText.Of(code),
            new Prose([.. before.Skip(1)]).Then(prose.Read(code.NodesAfterSelf())));
    }

    public IReadOnlyList<ExampleHelp> ReadAll(IEnumerable<XElement> examples) =>
        [.. examples.Select((example, index) => Read(example, index + 1))];
}

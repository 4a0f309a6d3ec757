using System;
using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Help.Model;

/// <summary>Text from a doc comment, read but not yet written as anything.</summary>
internal sealed record Prose(IReadOnlyList<Block> Blocks)
{
    public static Prose Empty { get; } = new([]);

    public bool IsEmpty => Blocks.Count == 0;

    public static Prose Of(string text) => new([new Paragraph([new TextRun(text)])]);

    public Prose Then(Prose more) => more.IsEmpty ? this : new([.. Blocks, .. more.Blocks]);

    /// <summary>Prose that fits on a line or in a table: the text of all its paragraphs, without its lists and code.</summary>
    public Paragraph AsParagraph()
    {
        var runs = new List<Inline>();
        foreach (var paragraph in Blocks.OfType<Paragraph>())
        {
            if (runs.Count > 0) runs.Add(new TextRun(" "));
            runs.AddRange(paragraph.Runs);
        }

        return new Paragraph(runs);
    }
}

internal abstract record Block;

internal sealed record Paragraph(IReadOnlyList<Inline> Runs) : Block;

internal sealed record CodeBlock(string Code) : Block;

internal sealed record ListBlock(bool IsNumbered, IReadOnlyList<ListItem> Items) : Block;

/// <summary>An item of a list; the term is empty in a plain one.</summary>
internal sealed record ListItem(Paragraph Term, Paragraph Description);

internal abstract record Inline;

internal sealed record TextRun(string Text) : Inline;

/// <summary>What is typed or shown as it is: a value, a parameter, a type.</summary>
internal sealed record CodeRun(string Text) : Inline;

/// <summary>A cmdlet of this module, by name.</summary>
internal sealed record CmdletRun(string Name) : Inline;

internal sealed record LinkRun(string Text, string Address) : Inline
{
    /// <summary>The text is the address itself.</summary>
    public bool IsBare => string.Equals(Text, Address, StringComparison.Ordinal);
}

internal sealed record StressedRun(string Text, bool Strong) : Inline;

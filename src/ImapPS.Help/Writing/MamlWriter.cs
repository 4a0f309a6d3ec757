using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Writing;

/// <summary>Writes the file that Get-Help reads.</summary>
internal static class MamlWriter
{
    private const int TitleWidth = 64;

    public static void Write(HelpModule module, string path)
    {
        var root = new XElement(
            Maml.Help + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml.Text),
            new XAttribute(XNamespace.Xmlns + "command", Maml.Command),
            new XAttribute(XNamespace.Xmlns + "dev", Maml.Dev),
            module.Cmdlets.Select(Cmdlet));

        OutputFile.Write(path, Serialize(root));
    }

    private static XElement Cmdlet(CmdletHelp cmdlet) => new(
        Maml.Command + "command",
        new XElement(
            Maml.Command + "details",
            new XElement(Maml.Command + "name", cmdlet.Name),
            new XElement(Maml.Command + "verb", cmdlet.Verb),
            new XElement(Maml.Command + "noun", cmdlet.Noun),
            new XElement(Maml.Text + "description", Maml.Paragraph(PlainText.Line(cmdlet.Summary)))),
        Maml.Description(cmdlet.Remarks),
        new XElement(Maml.Command + "syntax", cmdlet.ParameterSets.Select(set => Syntax(cmdlet, set))),
        new XElement(Maml.Command + "parameters", Parameters(cmdlet)),
        new XElement(Maml.Command + "inputTypes", Piped("inputType", cmdlet.Inputs)),
        new XElement(Maml.Command + "returnValues", Piped("returnValue", cmdlet.Outputs)),
        new XElement(Maml.Text + "alertSet", new XElement(Maml.Text + "alert", Maml.Paragraphs(cmdlet.Notes))),
        new XElement(Maml.Command + "examples", cmdlet.Examples.Select(Example)),
        new XElement(Maml.Command + "relatedLinks", cmdlet.Links.Select(Link)));

    private static XElement Syntax(CmdletHelp cmdlet, ParameterSetHelp set) =>
        new(Maml.Command + "syntaxItem", Maml.Name(cmdlet.Name), set.Parameters.Select(MamlParameter.InSyntax));

    private static IEnumerable<XElement> Parameters(CmdletHelp cmdlet)
    {
        var defaultSet = cmdlet.ParameterSets[0].Name;
        return cmdlet.ListedParameters.Select(parameter => MamlParameter.InList(parameter, defaultSet));
    }

    private static IEnumerable<XElement> Piped(string element, IReadOnlyList<PipedType> types) =>
        types.DefaultIfEmpty(new PipedType("None", Prose.Empty)).Select(type =>
            new XElement(Maml.Command + element, Maml.Type(type.Name), Maml.Description(type.Description)));

    /// <summary>Get-Help prints one example right below the other; the empty paragraph parts them.</summary>
    private static XElement Example(ExampleHelp example) => new(
        Maml.Command + "example",
        new XElement(Maml.Text + "title", Dashed(example.Heading(PlainText.Line(example.Title)))),
        new XElement(Maml.Dev + "code", example.Code),
        new XElement(Maml.Dev + "remarks", Maml.Paragraphs(example.Remarks).Append(Maml.Paragraph(""))));

    /// <summary>'------------------ Example 1 ------------------', as everywhere in PowerShell's help.</summary>
    private static string Dashed(string title)
    {
        var dashes = int.Max(TitleWidth - title.Length - 2, 6);
        return $"{new string('-', dashes / 2)} {title} {new string('-', dashes - (dashes / 2))}";
    }

    private static XElement Link(LinkHelp link) => new(
        Maml.Text + "navigationLink",
        new XElement(Maml.Text + "linkText", link.Address.Length > 0 ? link.Text + ":" : link.Text),
        new XElement(Maml.Text + "uri", link.Address));

    private static string Serialize(XElement root)
    {
        using var text = new Utf8Text();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            new XDocument(root).WriteTo(writer);
        }

        return text + "\n";
    }

    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}

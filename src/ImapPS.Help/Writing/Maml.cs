using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Writing;

/// <summary>The vocabulary of PowerShell's help files.</summary>
internal static class Maml
{
    public static readonly XNamespace Help = "http://msh";
    public static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XElement Name(string name) => new(Text + "name", name);

    public static XElement Description(Prose prose) => new(Text + "description", Paragraphs(prose));

    /// <summary>Get-Help puts a blank line between paragraphs, and none after the last.</summary>
    public static IEnumerable<XElement> Paragraphs(Prose prose) => PlainText.Paragraphs(prose).Select(Paragraph);

    public static XElement Paragraph(string text) => new(Text + "para", text);

    public static XElement Type(string name) => new(Dev + "type", Name(name), new XElement(Text + "uri"));

    public static string Bool(bool value) => value ? "true" : "false";
}

using System;
using System.IO;
using System.Text;
using System.Xml;
using ImapPS.Models;

namespace ImapPS.Reporting;

/// <summary>
/// Writes a page of HTML that is well-formed XML too. All text is encoded here; what comes from mail or from the server goes through
/// <see cref="Mail"/>.
/// </summary>
internal sealed class PageWriter : IDisposable
{
    private const int LongestText = 160;

    private readonly XmlWriter _xml;

    public PageWriter(Stream stream)
    {
        // XmlWriter's own has a space that HTML does not want.
        byte[] type = "<!DOCTYPE html>\n"u8.ToArray();
        stream.Write(type, 0, type.Length);
        _xml = XmlWriter.Create(stream, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            OmitXmlDeclaration = true,
            NewLineHandling = NewLineHandling.None,
        });
    }

    /// <summary>Begins an element, which ends when what is returned is disposed.</summary>
    public IDisposable Open(string name, params (string Name, string Value)[] attributes)
    {
        Start(name, attributes);
        return new End(_xml);
    }

    /// <summary>An element that has no content: HTML's and SVG's that may close themselves.</summary>
    public void Empty(string name, params (string Name, string Value)[] attributes)
    {
        Start(name, attributes);
        _xml.WriteEndElement();
    }

    /// <summary>An element with a text of the page's own.</summary>
    public void Element(string name, string text, params (string Name, string Value)[] attributes)
    {
        Start(name, attributes);
        Text(text);
        _xml.WriteFullEndElement();
    }

    /// <summary>A text of the page's own.</summary>
    public void Text(string text) => _xml.WriteString(text);

    /// <summary>
    /// A text from mail or from the server, cut where it is long: without characters that hide or move text, and kept apart, so that its
    /// direction turns nothing else. Addresses and paths run from left to right, whatever letters are in them.
    /// </summary>
    public void Mail(string text) => Element("bdi", DisplayText.Short(DisplayText.Printable(text), LongestText), ("dir", "ltr"));

    /// <summary>A new line of the file, where white space means nothing.</summary>
    public void Line() => _xml.WriteString("\n");

    public void Dispose() => _xml.Dispose();

    private void Start(string name, (string Name, string Value)[] attributes)
    {
        _xml.WriteStartElement(name);
        foreach ((string attribute, string value) in attributes) _xml.WriteAttributeString(attribute, value);
    }

    private sealed class End(XmlWriter xml) : IDisposable
    {
        // Only elements without content close themselves in HTML.
        public void Dispose() => xml.WriteFullEndElement();
    }
}

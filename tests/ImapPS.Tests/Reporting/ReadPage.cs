using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace ImapPS.Tests.Reporting;

/// <summary>A page of Export-ImapReport, read as strictly as XML is.</summary>
internal sealed partial class ReadPage
{
    private static readonly HashSet<string> _elements =
    [
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div", "span", "p", "h1", "h2", "bdi",
        "time", "dl", "dt", "dd", "figure", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td",
        "svg", "desc", "rect", "polyline", "polygon", "text",
    ];

    private static readonly HashSet<string> _attributes =
    [
        "lang", "charset", "http-equiv", "content", "name", "class", "id", "datetime", "scope", "role", "aria-label", "dir", "open",
        "aria-labelledby", "aria-describedby", "viewBox", "x", "y", "width", "height", "rx", "points", "text-anchor",
    ];

    /// <summary>Elements that HTML and SVG let close themselves.</summary>
    private static readonly HashSet<string> _empty = ["meta", "rect", "polyline", "polygon"];

    private readonly XElement _root;

    private ReadPage(string text, XElement root) => (Text, _root) = (text, root);

    /// <summary>The file as it is.</summary>
    public string Text { get; }

    /// <summary>All that a reader may see.</summary>
    public string Seen => string.Join('\n', _root.DescendantNodes().OfType<XText>()
        .Where(text => text.Parent!.Name.LocalName != "style").Select(text => text.Value));

    /// <summary>Reads a page; what no page may have fails the test.</summary>
    public static ReadPage Of(string path)
    {
        string text = File.ReadAllText(path);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", text, StringComparison.Ordinal);
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        XElement root = XElement.Load(reader, LoadOptions.PreserveWhitespace);
        foreach (XElement element in root.DescendantsAndSelf())
        {
            Assert.Contains(element.Name.LocalName, _elements);
            Assert.All(element.Attributes(), attribute => Assert.Contains(attribute.Name.LocalName, _attributes));
            if (element.IsEmpty) Assert.Contains(element.Name.LocalName, _empty);
        }

        string[] ids = [.. root.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Distinct(ids);
        Assert.All(root.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "aria-labelledby" or "aria-describedby"),
            reference => Assert.Contains(reference.Value, ids));
        Assert.All(root.Descendants().Where(element => element.Name.LocalName != "meta").Attributes(),
            attribute => Assert.DoesNotMatch(Address(), attribute.Value));
        Assert.All(root.Descendants("svg"), picture =>
        {
            Assert.Equal("img", picture.Attribute("role")?.Value);
            Assert.Equal(["title", "desc"], picture.Elements().Take(2).Select(element => element.Name.LocalName));
            Assert.NotNull(picture.Ancestors("section").Single().Element("details")?.Element("table"));
        });
        AssertStyle(root);
        var page = new ReadPage(text, root);
        Hostile.AssertClean(page.Seen);
        return page;
    }

    /// <summary>The number of a total, as it is written.</summary>
    public string Figure(string name) => _root.Descendants("dl").Elements("div").Single(div => div.Element("dt")!.Value == name)
        .Element("dd")!.Element("span")!.Value;

    /// <summary>True when there is a section.</summary>
    public bool Has(string section) => Sections(section).Any();

    /// <summary>How many pictures a section has.</summary>
    public int Pictures(string section) => Sections(section).Descendants("svg").Count();

    /// <summary>The sentence of a section.</summary>
    public string Summary(string section) => Sections(section).Single().Element("p")!.Value;

    /// <summary>The rows of a section's table, the cells joined.</summary>
    public string[] Rows(string section) =>
    [
        .. Sections(section).Descendants("tbody").Elements("tr")
            .Select(row => string.Join(" | ", row.Elements().Select(cell => cell.Value))),
    ];

    private IEnumerable<XElement> Sections(string id) =>
        _root.Descendants("section").Where(section => section.Attribute("aria-labelledby")?.Value == id);

    /// <summary>HTML reads a style as it stands, and decodes nothing; and it must be the one that the page allows.</summary>
    private static void AssertStyle(XElement root)
    {
        string style = Assert.Single(root.Descendants("style")).Value;
        Assert.DoesNotMatch("[<>&]|url|import|//", style);
        string hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)));
        Assert.Contains(root.Descendants("meta").Attributes("content"), policy =>
            policy.Value == $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
    }

    [GeneratedRegex(@"[a-z]+:\S|//", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}

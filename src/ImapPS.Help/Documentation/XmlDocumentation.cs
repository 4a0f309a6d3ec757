using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ImapPS.Help.Documentation;

/// <summary>The compiler's documentation file: the doc comment of each type and member, with what it inherits.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _comments;
    private readonly MemberIndex _members;

    public XmlDocumentation(IEnumerable<string> paths, MemberIndex members)
    {
        _members = members;
        _comments = paths.SelectMany(path => XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member"))
            .DistinctBy(member => (string?)member.Attribute("name"), StringComparer.Ordinal)
            .ToDictionary(member => (string?)member.Attribute("name") ?? "", WithoutIndentation, StringComparer.Ordinal);
    }

    /// <summary>The parts of a doc comment with one name, such as its examples.</summary>
    public IEnumerable<XElement> Parts(MemberInfo member, string name) => Comment(member, []).Where(part => part.Name == name);

    /// <summary>The comment's parts. An override without a comment, or one that says inheritdoc, has those of what it overrides.</summary>
    private IEnumerable<XElement> Comment(MemberInfo member, HashSet<MemberInfo> seen)
    {
        if (!seen.Add(member)) return [];

        var own = _comments.GetValueOrDefault(DocumentationId.Of(member))?.Elements().ToList() ?? [];
        if (own.Count == 0) own = RecordParameter(member);

        var inherit = own.FirstOrDefault(part => part.Name == "inheritdoc");
        if (own.Count > 0 && inherit is null) return own;

        var source = (string?)inherit?.Attribute("cref") is { } cref ? _members.Find(cref) : Inheritance.Source(member);
        var inherited = source is null || (inherit is null && member is Type) ? [] : Comment(source, seen);
        var named = own.Select(part => part.Name).ToHashSet();
        return own.Where(part => part != inherit).Concat(inherited.Where(part => !named.Contains(part.Name)));
    }

    /// <summary>A positional record's property is documented by the record's param.</summary>
    private List<XElement> RecordParameter(MemberInfo member) =>
        member is not PropertyInfo { DeclaringType: { } type }
            ? []
            : _comments.GetValueOrDefault(DocumentationId.Of(type))?.Elements("param")
                .Where(param => string.Equals((string?)param.Attribute("name"), member.Name, StringComparison.Ordinal))
                .Select(param => new XElement("summary", param.Nodes()))
                .ToList() ?? [];

    /// <summary>The compiler indents the comments it writes; code in them must not be.</summary>
    private static XElement WithoutIndentation(XElement member)
    {
        if (member.FirstNode is not XText lead) return member;

        var indentation = TrailingSpaces().Match(lead.Value).Value;
        foreach (var text in member.DescendantNodes().OfType<XText>())
        {
            text.Value = text.Value.ReplaceLineEndings("\n").Replace("\n" + indentation, "\n", StringComparison.Ordinal);
        }

        return member;
    }

    [GeneratedRegex("[ \t]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TrailingSpaces();
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ImapPS.Help.Documentation;
using ImapPS.Help.Model;

namespace ImapPS.Help.Reading;

/// <summary>Reads one cmdlet class: its attributes, its doc comment, its parameters and those it inherits.</summary>
internal sealed class CmdletReader(XmlDocumentation documentation, ProseReader prose, MemberIndex members, ObjectReader objects)
{
    private readonly ParameterReader _parameters = new(documentation, prose, objects);
    private readonly ExampleReader _examples = new(prose);
    private readonly PipelineReader _pipeline = new(objects);

    public CmdletHelp Read(Type type)
    {
        var attribute = type.One("Cmdlet")!;
        var properties = Inheritance.PublicProperties(type).Where(Attributes.IsParameter).ToList();
        List<ParameterHelp> parameters = [.. properties.Select(_parameters.Read), .. CommonParameters.Of(attribute)];

        return new CmdletHelp(
            (string)attribute.ConstructorArguments[0].Value!,
            (string)attribute.ConstructorArguments[1].Value!,
            [.. type.One("Alias").Values().OfType<string>()],
            prose.Read(documentation.Parts(type, "summary")),
            prose.Read(documentation.Parts(type, "remarks")),
            prose.Read(documentation.Parts(type, "notes")),
            _examples.ReadAll(documentation.Parts(type, "example")),
            parameters,
            ParameterSets.Of(parameters, attribute.Get("DefaultParameterSetName", "")),
            _pipeline.Inputs(properties),
            _pipeline.Outputs(type, parameters),
            [.. Links(type, attribute)]);
    }

    /// <summary>The page on the web comes first: it is what Get-Help -Online opens.</summary>
    private IEnumerable<LinkHelp> Links(Type type, CustomAttributeData attribute)
    {
        if (attribute.Get("HelpUri", "") is { Length: > 0 } online) yield return new LinkHelp(LinkKind.Page, "Online version", online);

        foreach (var link in documentation.Parts(type, "seealso"))
        {
            if ((string?)link.Attribute("href") is { } address)
            {
                yield return new LinkHelp(LinkKind.Page, link.Value.Trim() is { Length: > 0 } text ? text : address, address);
            }
            else if ((string?)link.Attribute("cref") is { } cref && members.Find(cref) is Type target)
            {
                yield return target.CmdletName() is { } name
                    ? new LinkHelp(LinkKind.Cmdlet, name)
                    : new LinkHelp(LinkKind.Other, TypeNames.Full(target));
            }
        }
    }
}

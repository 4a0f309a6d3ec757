using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ImapPS.Help.Documentation;
using ImapPS.Help.Model;

namespace ImapPS.Help.Reading;

/// <summary>Reads the module's own types: what cmdlets emit, and the enums that parameters take.</summary>
internal sealed class ObjectReader(IReadOnlyCollection<Assembly> module, XmlDocumentation documentation, ProseReader prose)
{
    /// <summary>The emitted types and, in turn, what their properties hold, as far as the module declares them.</summary>
    public IReadOnlyList<ObjectHelp> Emitted(IEnumerable<Type> outputs)
    {
        var found = new HashSet<Type>();
        var waiting = new Queue<Type>(outputs);

        while (waiting.TryDequeue(out var next))
        {
            var type = TypeNames.Item(next);
            if (!IsOwn(type) || !found.Add(type) || type.IsEnum) continue;

            foreach (var property in Inheritance.PublicProperties(type)) waiting.Enqueue(property.PropertyType);
        }

        return [.. found.Select(Read).OrderBy(type => type.Name, StringComparer.Ordinal)];
    }

    /// <summary>What a type's own comment says it is; nothing for a type from elsewhere.</summary>
    public Prose Summary(Type type) => IsOwn(type) ? prose.Read(documentation.Parts(type, "summary")) : Prose.Empty;

    public IReadOnlyList<MemberHelp> EnumValues(Type type) =>
    [
        .. type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .OrderBy(field => field.MetadataToken)
            .Select(field => new MemberHelp(field.Name, "", IsOwn(type) ? SummaryOf(field) : Prose.Empty)),
    ];

    private ObjectHelp Read(Type type) => new(
        TypeNames.Short(type),
        TypeNames.Full(type),
        type.IsEnum,
        Summary(type),
        prose.Read(documentation.Parts(type, "remarks")),
        type.IsEnum ? EnumValues(type) : Properties(type));

    private IReadOnlyList<MemberHelp> Properties(Type type) =>
        [.. Inheritance.PublicProperties(type).Where(property => IsOwn(property.DeclaringType!)).Select(Read)];

    private MemberHelp Read(PropertyInfo property) => new(property.Name, TypeNames.Short(property.PropertyType), SummaryOf(property));

    private Prose SummaryOf(MemberInfo member) => prose.Read(documentation.Parts(member, "summary"));

    private bool IsOwn(Type type) => module.Contains(type.Assembly);
}

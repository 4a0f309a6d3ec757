using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace ImapPS.Help.Documentation;

/// <summary>The module's types, properties and fields by documentation id.</summary>
internal sealed class MemberIndex
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private readonly Dictionary<string, MemberInfo> _members = new(StringComparer.Ordinal);

    public MemberIndex(IEnumerable<Assembly> assemblies)
    {
        foreach (var type in assemblies.SelectMany(assembly => assembly.GetTypes()))
        {
            foreach (var member in Enumerable.Concat<MemberInfo>(type.GetProperties(Declared), type.GetFields(Declared)).Prepend(type))
            {
                // Overloaded indexers share a name; nothing refers to them.
                _members.TryAdd(DocumentationId.Of(member), member);
            }
        }
    }

    public MemberInfo? Find(string id) => _members.GetValueOrDefault(id);
}

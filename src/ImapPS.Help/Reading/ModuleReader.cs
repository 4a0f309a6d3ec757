using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using ImapPS.Help.Documentation;
using ImapPS.Help.Model;

namespace ImapPS.Help.Reading;

/// <summary>Reads a built module and its doc comments. The assembly is looked at, never run.</summary>
internal static class ModuleReader
{
    public static HelpModule Read(string assemblyPath, string xmlPath, IEnumerable<string> references)
    {
        foreach (var path in new[] { assemblyPath, xmlPath })
        {
            if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist.", path);
        }

        var resolver = new PathAssemblyResolver(references.Append(assemblyPath).DistinctBy(Path.GetFullPath, StringComparer.Ordinal));
        using var context = new MetadataLoadContext(resolver);
        return Read(context.LoadFromAssemblyPath(Path.GetFullPath(assemblyPath)), xmlPath);
    }

    private static HelpModule Read(Assembly assembly, string xmlPath)
    {
        var members = new MemberIndex(assembly);
        var documentation = new XmlDocumentation(xmlPath, members);
        var prose = new ProseReader(new ReferenceNames(members));
        var objects = new ObjectReader(assembly, documentation, prose);
        var cmdlets = new CmdletReader(documentation, prose, members, objects);

        var types = assembly.GetTypes()
            .Where(type => type is { IsPublic: true, IsSealed: true, IsAbstract: false } && type.CmdletName() is not null)
            .ToList();

        var name = assembly.GetName().Name!;
        var byName = RelatedLinks.Add(name, [.. types.Select(cmdlets.Read)])
            .OrderBy(cmdlet => cmdlet.Noun, StringComparer.Ordinal)
            .ThenBy(cmdlet => cmdlet.Verb, StringComparer.Ordinal);

        return new HelpModule(name, [.. byName], objects.Emitted(types.SelectMany(PipelineReader.OutputTypes)));
    }
}

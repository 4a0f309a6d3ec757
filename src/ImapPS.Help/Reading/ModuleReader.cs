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
    /// <param name="assemblies">The assembly with the cmdlets, and those whose types they take and emit.</param>
    /// <param name="documentation">The doc comments of each.</param>
    /// <param name="references">What they refer to.</param>
    public static HelpModule Read(IReadOnlyList<string> assemblies, IReadOnlyList<string> documentation, IEnumerable<string> references)
    {
        foreach (var path in assemblies.Concat(documentation))
        {
            if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist.", path);
        }

        var own = assemblies.Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        var others = references.Where(path => !own.Contains(Path.GetFileName(path)));
        var resolver = new PathAssemblyResolver(others.Concat(assemblies).DistinctBy(Path.GetFullPath, StringComparer.Ordinal));
        using var context = new MetadataLoadContext(resolver);
        return Read([.. assemblies.Select(path => context.LoadFromAssemblyPath(Path.GetFullPath(path)))], documentation);
    }

    private static HelpModule Read(IReadOnlyList<Assembly> own, IReadOnlyList<string> documentationPaths)
    {
        var assembly = own[0];
        var members = new MemberIndex(own);
        var documentation = new XmlDocumentation(documentationPaths, members);
        var prose = new ProseReader(new ReferenceNames(members));
        var objects = new ObjectReader(own, documentation, prose);
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

using System;
using System.IO;
using System.Linq;
using ImapPS.Help.Model;

namespace ImapPS.Help.Writing;

/// <summary>Writes the reference: a page a cmdlet, and an index.</summary>
internal static class MarkdownWriter
{
    /// <summary>The first line of what is generated, and of nothing else: a page without it is somebody's own.</summary>
    public const string Mark = "<!-- Generated from the doc comments in src/ImapPS by ImapPS.Help: change them, not this page. -->";

    public static void Write(HelpModule module, string folder)
    {
        var objects = module.Objects.Select(type => type.FullName).ToHashSet(StringComparer.Ordinal);
        var pages = module.Cmdlets.ToDictionary(
            cmdlet => $"{cmdlet.Name}.md",
            cmdlet => new MarkdownPage(cmdlet, objects).Text(),
            StringComparer.OrdinalIgnoreCase);
        pages.Add(MarkdownIndex.FileName, MarkdownIndex.Of(module));

        foreach (var (name, text) in pages) OutputFile.Write(Path.Combine(folder, name), text);

        foreach (var file in Directory.EnumerateFiles(folder, "*.md").Where(file => !pages.ContainsKey(Path.GetFileName(file))).ToList())
        {
            if (File.ReadLines(file).FirstOrDefault() is Mark) File.Delete(file);
        }
    }
}

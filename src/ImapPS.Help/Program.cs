using System;
using System.IO;
using System.Xml;
using ImapPS.Help.Reading;
using ImapPS.Help.Writing;

namespace ImapPS.Help;

/// <summary>Writes the module's help (MAML for Get-Help, markdown for GitHub) from its doc comments, or says what they lack.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        try
        {
            var options = Options.Parse(arguments);
            var module = ModuleReader.Read(options.Assemblies, options.Documentation, options.References);

            var problems = Completeness.Check(module);
            foreach (var problem in problems) Console.WriteLine(problem);

            // Nothing is written from comments that are not complete: a failed build leaves the last good help alone.
            if (problems.Count > 0) return 1;

            MamlWriter.Write(module, options.Maml);
            MarkdownWriter.Write(module, options.Markdown);
            return 0;
        }
        catch (Exception e) when (IsExpected(e))
        {
            Console.WriteLine(new Problem("IPH000", e.Message));
            return 1;
        }
    }

    /// <summary>What the caller can put right; anything else is a fault of this program and may show its stack.</summary>
    private static bool IsExpected(Exception e) =>
        e is UsageException or IOException or UnauthorizedAccessException or BadImageFormatException or XmlException;
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ImapPS.Help;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(IReadOnlyList<string> Assemblies, IReadOnlyList<string> Documentation,
    IReadOnlyList<string> References, string Maml, string Markdown)
{
    private const string Usage =
        "Usage: ImapPS.Help --assemblies <dll; …, that of the cmdlets first> --xml <doc file; …> --references "
            + "<dll, folder or @list; …> --maml <file> --markdown <folder>";

    public static Options Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count % 2 != 0) throw new UsageException(Usage);

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in arguments.Chunk(2))
        {
            if (!values.TryAdd(pair[0], pair[1])) throw new UsageException($"{pair[0]} is given twice. {Usage}");
        }

        var options = new Options(
            TakeList("--assemblies"),
            TakeList("--xml"),
            [.. TakeList("--references").SelectMany(Expand)],
            Take("--maml"),
            Take("--markdown"));

        return values.Count == 0 ? options : throw new UsageException($"{values.Keys.First()} is not an option. {Usage}");

        string Take(string name) =>
            values.Remove(name, out var value) && value.Length > 0 ? value : throw new UsageException($"{name} is missing. {Usage}");

        string[] TakeList(string name) => Take(name).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>One entry of --references as assemblies. The @list (a path a line) keeps the command short enough for Windows.</summary>
    private static IEnumerable<string> Expand(string entry)
    {
        if (entry.StartsWith('@')) return File.ReadLines(entry[1..]).Where(line => line.Length > 0);

        return Directory.Exists(entry) ? Directory.EnumerateFiles(entry, "*.dll").Order(StringComparer.Ordinal) : [entry];
    }
}

/// <summary>A command line that says too little or too much.</summary>
internal sealed class UsageException(string message) : Exception(message);

using System;
using System.Collections.Generic;
using System.IO.Enumeration;
using System.Linq;

namespace ImapPS.Benchmarks;

/// <summary>Names with * and ?, separated by commas.</summary>
internal static class Wildcards
{
    public static IReadOnlyList<string> Of(string text) => text.Split(',', StringSplitOptions.TrimEntries);

    public static bool Match(IEnumerable<string> patterns, string name) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name));
}

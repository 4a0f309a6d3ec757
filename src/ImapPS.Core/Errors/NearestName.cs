using System;
using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Errors;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
internal static class NearestName
{
    /// <summary>The name that differs least: by its case alone, or by about one letter in three. Null when there is none so near.</summary>
    public static string? Of(string wanted, IEnumerable<string> names)
    {
        string lower = wanted.ToLowerInvariant();
        int limit = Math.Max(1, wanted.Length / 3);
        return names
            .Where(name => Math.Abs(name.Length - wanted.Length) <= limit)
            .Select(name => (Name: name, Distance: Distance(lower, name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>The same to the part of the other text that is most like this one.</summary>
    public static int DistanceWithin(string one, string other) => Distance(one, other, new int[other.Length + 1]).Min();

    /// <summary>How many letters were left out, put in, mistaken or swapped with the next one.</summary>
    private static int Distance(string one, string other) => Distance(one, other, [.. Enumerable.Range(0, other.Length + 1)])[other.Length];

    /// <param name="one">The one text.</param>
    /// <param name="other">The other.</param>
    /// <param name="last">What it costs to begin behind each letter of the other.</param>
    /// <returns>The distance to each beginning of the other.</returns>
    private static int[] Distance(string one, string other, int[] last)
    {
        int[] beforeLast = new int[other.Length + 1], row = new int[other.Length + 1];
        for (int i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int mistaken = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(mistaken, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last;
    }
}

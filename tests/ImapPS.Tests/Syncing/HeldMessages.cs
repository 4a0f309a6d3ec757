using System.Text;
using System.Text.RegularExpressions;

namespace ImapPS.Tests.Syncing;

/// <summary>Messages as a folder holds them, so that two folders can be compared whatever the UIDs.</summary>
internal static partial class HeldMessages
{
    /// <param name="octets">The messages.</param>
    /// <param name="states">What FETCH tells of the flags and the date of each.</param>
    public static IReadOnlyList<string> InOrder(IReadOnlyList<byte[]> octets, IReadOnlyList<string> states)
    {
        Assert.Equal(octets.Count, states.Count);
        return [.. octets.Select((message, i) => $"{StateOf(states[i])}\n{Encoding.Latin1.GetString(message)}")
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Flags and keywords in order, without \Recent, and the date with two digits for the day.</summary>
    private static string StateOf(string fetch)
    {
        IEnumerable<string> flags = Flags().Match(fetch).Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(flag => flag != "\\Recent").Order(StringComparer.OrdinalIgnoreCase);
        return $"{string.Join(' ', flags)} {Date().Match(fetch).Groups[1].Value.TrimStart(' ').PadLeft(26, '0')}";
    }

    [GeneratedRegex(@"FLAGS \(([^)]*)\)")]
    private static partial Regex Flags();

    [GeneratedRegex("INTERNALDATE \"([^\"]*)\"")]
    private static partial Regex Date();
}

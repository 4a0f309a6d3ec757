using System;

namespace ImapPS.Reading;

/// <summary>The classes of sizes that messages are grouped by.</summary>
internal static class SizeClasses
{
    private static readonly (string Name, long From)[] _classes =
    [
        ("under 10 KB", 0), ("10-100 KB", 10 << 10), ("100 KB-1 MB", 100 << 10), ("1-10 MB", 1 << 20), ("10 MB and more", 10 << 20),
    ];

    public static string Of(long size) => _classes[Math.Max(0, Array.FindLastIndex(_classes, one => size >= one.From))].Name;

    /// <summary>The place of a class among the others; -1 for what is none.</summary>
    public static int IndexOf(string name) =>
        Array.FindIndex(_classes, one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The sizes of a class: from the first on, and under the second, if there is one.</summary>
    public static (long From, long? Under) Bounds(int index) =>
        (_classes[index].From, index + 1 < _classes.Length ? _classes[index + 1].From : null);
}

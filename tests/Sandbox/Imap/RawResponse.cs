using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ImapPS.Sandbox;

/// <summary>
/// What the server said to a command. Every line is without its line end and in Latin-1 (a character a byte); a literal stands in its
/// line after the {length} and a line break.
/// </summary>
public sealed record RawResponse(IReadOnlyList<string> Untagged, string Status, string Text, IReadOnlyList<byte[]> Literals)
{
    public bool IsOk => Status is "OK";

    /// <summary>This response, or an exception that tells what was refused.</summary>
    public RawResponse EnsureOk(string command) =>
        IsOk ? this : throw new InvalidOperationException($"{command.Split(' ')[0]}: {Status} {Text}");

    /// <summary>The numbers of the first untagged line that begins so, for instance "* SEARCH".</summary>
    internal IReadOnlyList<uint> Numbers(string start)
    {
        var line = Untagged.FirstOrDefault(line => line.StartsWith(start, StringComparison.OrdinalIgnoreCase));
        return [.. (line?[start.Length..] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => uint.Parse(number, CultureInfo.InvariantCulture))];
    }
}

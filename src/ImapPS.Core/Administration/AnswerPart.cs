using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using ImapPS.Folders;

namespace ImapPS.Administration;

/// <summary>A part of a response: a string of octets, NIL, or a list of parts.</summary>
/// <param name="octets">The octets; null for NIL and for a list.</param>
/// <param name="items">The parts of a list; null for anything else.</param>
internal sealed class AnswerPart(byte[]? octets, IReadOnlyList<AnswerPart>? items = null)
{
    /// <summary>NIL.</summary>
    public static AnswerPart Nil { get; } = new(octets: null);

    public byte[]? Octets { get; } = octets;

    /// <summary>The parts of a list; none of anything else.</summary>
    public IReadOnlyList<AnswerPart> Items { get; } = items ?? [];

    public string Text => Octets is null ? string.Empty : Encoding.UTF8.GetString(Octets);

    /// <summary>The path of the folder that it names.</summary>
    public string Path => FolderNameEncoding.Decode(Text);

    /// <summary>The number that it is; 0 for what is none.</summary>
    public long Number => long.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    public bool Is(string name) => string.Equals(Text, name, StringComparison.OrdinalIgnoreCase);
}

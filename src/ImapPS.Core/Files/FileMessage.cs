using System;
using System.IO;
using ImapPS.Models;

namespace ImapPS.Files;

/// <summary>A message in a file: where its octets are, and what the file tells beside them.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">What the message is called: the file, or its place in it.</param>
/// <param name="Open">Opens its octets.</param>
internal sealed record FileMessage(string Path, string Name, Func<Stream> Open)
{
    /// <summary>When it was received, as far as the file tells.</summary>
    public DateTimeOffset? Received { get; init; }

    /// <summary>Its flags; null where the format has none.</summary>
    public ImapMessageFlags? Flags { get; init; }
}

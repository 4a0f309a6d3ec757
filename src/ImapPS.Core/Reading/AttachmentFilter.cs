using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Content;

namespace ImapPS.Reading;

/// <summary>Which parts of a message are wanted.</summary>
internal sealed class AttachmentFilter
{
    /// <summary>Whether a name is wanted; null when any is.</summary>
    public Predicate<string>? Name { get; init; }

    /// <summary>Whether a media type is wanted; null when any is.</summary>
    public Predicate<string>? Type { get; init; }

    /// <summary>The numbers of the parts that are wanted; empty when any is that is an attachment.</summary>
    public IReadOnlyCollection<string> Parts { get; init; } = [];

    /// <summary>Whether parts that the text shows are wanted as well.</summary>
    public bool Inline { get; init; }

    /// <summary>True when more is wanted than what a message lists as its attachments.</summary>
    public bool LooksBeyondAttachments => Inline || Parts.Count > 0;

    /// <summary>Whether a part is wanted that will have this name.</summary>
    public bool Takes(PartShape shape, string name) =>
        IsEligible(shape)
        && (Name is null || Name(shape.Name.Length > 0 ? shape.Name : name))
        && (Type is null || Type(shape.MediaType));

    private bool IsEligible(PartShape shape) =>
        Parts.Count > 0 ? Parts.Contains(shape.Number, StringComparer.OrdinalIgnoreCase)
        : shape.Role == PartRole.Attachment || (Inline && (shape.Role is PartRole.Shown or PartRole.Machine || shape is { Role: PartRole.Text, IsNamed: true }));
}

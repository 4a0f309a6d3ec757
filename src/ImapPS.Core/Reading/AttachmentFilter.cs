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

    /// <summary>True when one name or type is wanted and others are not.</summary>
    public bool IsChoosy => Name is not null || Type is not null;

    /// <summary>Whether a part is wanted that will have this name.</summary>
    public bool Takes(PartShape shape, string name) =>
        IsEligible(shape) && Takes(shape.Name.Length > 0 ? shape.Name : name, shape.MediaType);

    /// <summary>Whether a file of such a name and type is wanted.</summary>
    public bool Takes(string name, string type) => (Name is null || Name(name)) && (Type is null || Type(type));

    /// <summary>Whether files inside a part may be wanted.</summary>
    public bool TakesFrom(PartShape shape) =>
        Parts.Count == 0
            ? shape.Role is PartRole.Attachment or PartRole.Text || shape.MayBeSigned || Inline
            : IsEligible(shape) || (shape.MayBeSigned
                && Parts.Any(part => part.StartsWith(shape.Number + ".", StringComparison.OrdinalIgnoreCase)));

    private bool IsEligible(PartShape shape) =>
        Parts.Count > 0 ? Parts.Contains(shape.Number, StringComparer.OrdinalIgnoreCase)
        : shape.Role == PartRole.Attachment || (Inline && IsBesideText(shape));

    private static bool IsBesideText(PartShape shape) =>
        shape.Role is PartRole.Shown or PartRole.Machine || shape is { Role: PartRole.Text, IsNamed: true };
}

using System;
using System.Collections.Generic;
using System.Linq;
using MailKit;

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

    /// <summary>
    /// A part's number (RFC 9051, 6.4.5): the only part of a message that is no multipart is 1, and has none for MailKit.
    /// </summary>
    public static string NumberOf(BodyPartBasic part) => part.PartSpecifier.Length > 0 ? part.PartSpecifier : "1";

    /// <summary>Whether a part is wanted that will have this name.</summary>
    public bool Takes(BodyPartBasic part, string name) =>
        IsEligible(part)
        && (Name is null || Name(part.FileName is { Length: > 0 } given ? given : name))
        && (Type is null || Type(part.ContentType.MimeType));

    private bool IsEligible(BodyPartBasic part) =>
        Parts.Count > 0 ? Parts.Contains(NumberOf(part), StringComparer.OrdinalIgnoreCase)
        : MessageMapping.IsAttachment(part)
            || (Inline && !(part is BodyPartText && string.IsNullOrEmpty(part.FileName)));
}

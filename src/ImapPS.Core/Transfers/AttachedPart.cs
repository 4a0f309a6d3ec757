using System;
using System.Linq;
using ImapPS.Content;
using ImapPS.Files;
using ImapPS.Models;
using MailKit;
using MimeKit;
using MimeKit.Utils;

namespace ImapPS.Transfers;

/// <summary>A part of a message that is to be saved.</summary>
internal sealed record AttachedPart(ImapMessage Message, PartShape Shape, DateTimeOffset? Received)
{
    private const string Nameless = "attachment";

    /// <summary>The message's own structure, where the server's cannot be read; null otherwise.</summary>
    public SourceStructure? Source { get; init; }

    /// <summary>How much is taken out of the signatures of its message.</summary>
    public SignedBudget Signed { get; init; } = new();

    /// <summary>True for a part of what another carries inside its signature.</summary>
    public bool IsSigned { get; init; }

    /// <summary>True for one whose number means the signature around it: a text that is all that it carries.</summary>
    public bool IsBehindSignature { get; init; }

    public BodyPartBasic Part => (BodyPartBasic)Shape.Part;

    public string Section => Shape.Number;

    /// <summary>The name of its file.</summary>
    public string Name { get; } = NameOf((BodyPartBasic)Shape.Part);

    public ContentEncoding Encoding => Part.ContentTransferEncoding is { } named
        && MimeUtils.TryParse(named, out ContentEncoding encoding) ? encoding : ContentEncoding.Default;

    /// <summary>True when the message lists it, or a file inside it: its content has been read.</summary>
    public bool IsListed => IsSigned || Message.Attachments.Any(attachment => IsWithin(attachment.Part));

    /// <summary>
    /// True for a part that may have files inside: a winmail.dat, a text or a signature in which some were seen, and a file that may be
    /// such a signature.
    /// </summary>
    public bool MayEnclose =>
        (Shape.Type == "application" && Shape.Subtype is "ms-tnef" or "vnd.ms-tnef")
        || (Shape.MayBeSigned && (Shape.Role == PartRole.Attachment || IsListed))
        || (Shape.Role == PartRole.Text && IsListed);

    /// <summary>True for the number of this part, or of a part inside it.</summary>
    public bool IsWithin(string number) =>
        number.StartsWith(Section, StringComparison.OrdinalIgnoreCase)
        && (number.Length == Section.Length || (Shape.MayBeSigned && number[Section.Length] == '.'));

    /// <summary>A part of what this one carries inside its signature.</summary>
    public AttachedPart Inside(PartShape shape, SourceStructure source) =>
        new(Message, shape, Received) { Source = source, Signed = Signed, IsSigned = true };

    /// <summary>A name made safe, or another where there is none.</summary>
    public static string SafeNameOf(string? given, string type)
    {
        string safe = SafeName.Clean(given ?? string.Empty);
        if (safe.Length > 0) return safe;

        return MimeTypes.TryGetExtension(type, out string? extension) ? Nameless + extension : Nameless;
    }

    /// <summary>The name that the sender gave, made safe; a forwarded message's subject; or what the type says.</summary>
    private static string NameOf(BodyPartBasic part)
    {
        if (part is not BodyPartMessage forwarded) return SafeNameOf(part.FileName, part.ContentType.MimeType);

        string given = SafeName.Clean(part.FileName ?? string.Empty);
        if (SafeName.Split(given).Extension.Length > 0) return given;

        string subject = SafeName.Clean(forwarded.Envelope?.Subject ?? string.Empty);
        return (given.Length > 0 ? given : subject.Length > 0 ? subject : "message") + EmlStore.Extension;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Content;

/// <summary>
/// The one rule of what is an attachment: what a person would say has been attached. It asks for nothing but the structure, so that a
/// listing, which has no more, gives the same answer as the source of the message.
/// </summary>
internal static class PartRoles
{
    private static readonly HashSet<string> _fileTexts =
        ["calendar", "csv", "directory", "rfc822-headers", "rtf", "tab-separated-values", "vcard", "x-vcalendar", "x-vcard", "xml"];
    private static readonly HashSet<string> _signatures =
        ["pgp-encrypted", "pgp-signature", "pkcs7-signature", "x-pgp-signature", "x-pkcs7-signature"];
    private static readonly HashSet<string> _reports =
        ["delivery-status", "disposition-notification", "feedback-report", "global-delivery-status", "global-disposition-notification",
            "global-headers", "rfc822-headers", "tracking-status"];
    private static readonly HashSet<string> _fonts = ["ecmascript", "javascript", "font-woff", "x-font-woff", "vnd.ms-fontobject",
        "x-javascript"];
    private static readonly string[] _imageExtensions = [".gif", ".jpeg", ".jpg", ".png", ".bmp", ".svg", ".webp"];

    /// <summary>Gives every part its role.</summary>
    public static PartShape Assign(PartShape root)
    {
        var texts = new TextState(root);
        Assign(root, new Place(null, 0, IsInHtml: false, IsAmongHtml: false), texts);
        return root;
    }

    private static void Assign(PartShape shape, Place place, TextState texts)
    {
        if (!shape.IsMultipart)
        {
            shape.Role = RoleOf(shape, place, texts);
            if (shape.Role == PartRole.Text) texts.HasText = true;
            return;
        }

        shape.Role = PartRole.Container;
        int root = RootOf(shape);
        bool isBesideHtml = root >= 0 && root < shape.Children.Count && HoldsHtml(shape.Children[root]);
        bool isAmongHtml = shape.Subtype == "alternative" && HoldsHtml(shape);
        for (int i = 0; i < shape.Children.Count; i++)
        {
            Assign(shape.Children[i], new Place(shape, i, (place.IsInHtml || isBesideHtml) && i != root, isAmongHtml), texts);
        }
    }

    private static PartRole RoleOf(PartShape shape, Place place, TextState texts)
    {
        if (IsSignature(shape, place)) return PartRole.Machine;
        if (shape.IsAttached) return PartRole.Attachment;
        if (place.IsIn("report") && (shape.Type is "message" or "text") && _reports.Contains(shape.Subtype)) return PartRole.Machine;
        if (shape.Is("application", "applefile") && place.IsIn("appledouble")) return PartRole.Machine;
        if (IsShown(shape, place)) return PartRole.Shown;

        return IsText(shape, place, texts) ? PartRole.Text : PartRole.Attachment;
    }

    /// <summary>
    /// Signatures have names, and say that they are attached. What is encrypted (RFC 3156, 4), or wrapped in its own signature, is the
    /// message, and no file.
    /// </summary>
    private static bool IsSignature(PartShape shape, Place place) =>
        (place.IsIn("signed") && place.Index == 1)
        || (place.IsIn("encrypted") && place.Index <= 1)
        || (shape.Type == "application" && _signatures.Contains(shape.Subtype))
        || (shape.Type == "application" && (shape.Subtype is "pkcs7-mime" or "x-pkcs7-mime") && shape.SecureType == "signed-data");

    /// <summary>
    /// HTML can show what stands beside it in multipart/related, and has a name to be shown by. It shows no PDF, and no music.
    /// </summary>
    private static bool IsShown(PartShape shape, Place place)
    {
        if (shape.IsText && shape.Subtype is "x-amp-html" or "watch-html" or "x-watch-html") return true;
        if (shape.IsReferable && IsShowable(shape) && (place.IsInHtml || (place.IsAmongHtml && !shape.IsText))) return true;

        // Another form of the text: rich text beside plain text. A calendar there is an invitation.
        return place.IsIn("alternative") && !shape.IsNamed
            && (shape.Is("text", "rtf") || shape.Is("application", "rtf") || shape.Is("text", "xml"));
    }

    private static bool IsShowable(PartShape shape) => shape.Type switch
    {
        "image" or "font" => true,
        "text" => shape.Subtype is "css" or "html" or "javascript",
        "application" => _fonts.Contains(shape.Subtype) || (shape.Subtype == "octet-stream" && HasImageName(shape)),
        _ => false,
    };

    private static bool HasImageName(PartShape shape) =>
        Array.Exists(_imageExtensions, extension => shape.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Text without a name is to be read, unless it is of a kind that files are of. A text with a name is a file, unless it is the only
    /// text, or one of the message's own: some programs name the body.
    /// </summary>
    private static bool IsText(PartShape shape, Place place, TextState texts)
    {
        if (!shape.IsText || _fileTexts.Contains(shape.Subtype)) return false;
        if (!shape.IsNamed) return true;
        if (shape.Subtype is not ("plain" or "html")) return false;

        return place.Parent is null
            || place.IsIn("alternative")
            || (place.IsIn("related") && place.Index == RootOf(place.Parent))
            || (!texts.HasText && (shape.Disposition.Length == 0 || !texts.HasUnnamed));
    }

    /// <summary>The root of multipart/related: the one that is named, or the first.</summary>
    private static int RootOf(PartShape shape)
    {
        if (shape.Subtype != "related") return -1;

        for (int i = 0; shape.Start.Length > 0 && i < shape.Children.Count; i++)
        {
            if (shape.Children[i].Id == shape.Start) return i;
        }

        return 0;
    }

    private static bool HoldsHtml(PartShape shape) => shape.All().Any(part => part.Is("text", "html") && !part.IsAttached);

    /// <summary>Where a part stands.</summary>
    /// <param name="Parent">The multipart around it; null for the whole message.</param>
    /// <param name="Index">Its place in there.</param>
    /// <param name="IsInHtml">True beside the HTML of a multipart/related, at any level.</param>
    /// <param name="IsAmongHtml">True for an alternative to HTML.</param>
    private readonly record struct Place(PartShape? Parent, int Index, bool IsInHtml, bool IsAmongHtml)
    {
        public bool IsIn(string subtype) => Parent?.Subtype == subtype;
    }

    /// <summary>Which texts there are.</summary>
    private sealed class TextState(PartShape root)
    {
        /// <summary>True when there is a text that has no name, anywhere.</summary>
        public bool HasUnnamed { get; } =
            root.All().Any(part => part is { IsText: true, IsNamed: false, IsAttached: false } && !_fileTexts.Contains(part.Subtype));

        /// <summary>True when there was a text before.</summary>
        public bool HasText { get; set; }
    }
}

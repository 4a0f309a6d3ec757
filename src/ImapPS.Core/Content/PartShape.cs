using System;
using System.Collections.Generic;

namespace ImapPS.Content;

/// <summary>
/// What is known of a part without its content. The server's structure and the source of a message say the same of it, so a rule that asks
/// for no more has the same answer for both.
/// </summary>
/// <param name="Part">The part itself, as its reader has it.</param>
/// <param name="Number">Its number (RFC 9051, 6.4.5.1); empty for a multipart that is the whole message.</param>
/// <param name="Type">The media type's first half, in lower case.</param>
/// <param name="Subtype">Its second half, in lower case.</param>
internal sealed record PartShape(object Part, string Number, string Type, string Subtype)
{
    /// <summary>attachment, inline, another word, or nothing; in lower case.</summary>
    public string Disposition { get; init; } = string.Empty;

    /// <summary>The name of its file, or of the part.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>True when HTML can refer to it: it has a Content-ID or a Content-Location.</summary>
    public bool IsReferable { get; init; }

    /// <summary>Content-ID, without its brackets.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The Content-ID of the root that multipart/related names (RFC 2387, 3.2); empty where it names none.</summary>
    public string Start { get; init; } = string.Empty;

    /// <summary>The kind of S/MIME message that application/pkcs7-mime says it is (RFC 8551, 3.2.2); in lower case.</summary>
    public string SecureType { get; init; } = string.Empty;

    /// <summary>The parts of a multipart. A message in a message has none.</summary>
    public IReadOnlyList<PartShape> Children { get; init; } = [];

    /// <summary>What it is to a person who reads the message.</summary>
    public PartRole Role { get; set; }

    /// <summary>True for what may carry a message inside its signature: a p7m that does not say that it is something else.</summary>
    public bool MayBeSigned => Type == "application" && Subtype is "pkcs7-mime" or "x-pkcs7-mime"
        && SecureType is not ("enveloped-data" or "authenveloped-data" or "compressed-data" or "certs-only");

    public bool IsMultipart => Type == "multipart";

    public bool IsText => Type == "text";

    /// <summary>True for what the sender calls an attachment.</summary>
    public bool IsAttached => Disposition == "attachment";

    public bool IsNamed => Name.Length > 0;

    /// <summary>The media type.</summary>
    public string MediaType => $"{Type}/{Subtype}";

    /// <summary>True for a part of that type.</summary>
    public bool Is(string type, string subtype) => Type == type && Subtype == subtype;

    /// <summary>The part and all that are in it, in the order of the message.</summary>
    public IEnumerable<PartShape> All()
    {
        var ahead = new Stack<PartShape>();
        ahead.Push(this);
        while (ahead.Count > 0)
        {
            PartShape shape = ahead.Pop();
            yield return shape;
            for (int i = shape.Children.Count - 1; i >= 0; i--) ahead.Push(shape.Children[i]);
        }
    }

    /// <summary>
    /// The type of a part whose header names none, or nothing that is one. Then it is text, which a person can read, unless it is a file
    /// (RFC 2045, 5.2).
    /// </summary>
    public static (string Type, string Subtype) TypeOf(string type, string subtype, bool isFile) =>
        IsType(type, subtype) ? (type, subtype) : isFile ? ("application", "octet-stream") : ("text", "plain");

    /// <summary>A word of a header as it is compared.</summary>
    public static string Word(string? text) => text is null ? string.Empty : text.Trim().ToLowerInvariant();

    /// <summary>A Content-ID as it is compared.</summary>
    public static string IdOf(string? text) => text is null ? string.Empty : text.Trim().Trim('<', '>');

    /// <summary>True for what can be a media type.</summary>
    public static bool IsType(string type, string subtype) => IsToken(type) && IsToken(subtype);

    private static bool IsToken(string word) =>
        word.Length > 0 && Array.TrueForAll(word.ToCharArray(), c => c is > ' ' and < '\u007f' && "()<>@,;:\\\"/[]?=".IndexOf(c) < 0);
}

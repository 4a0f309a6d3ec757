using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using ImapPS.Models;
using MimeKit;
using MimeKit.Cryptography;
using MimeKit.IO;
using MimeKit.Text;
using MimeKit.Tnef;

namespace ImapPS.Content;

/// <summary>Walks over a message's parts: which are its text, which are attachments, and what it is wrapped in.</summary>
internal sealed class BodyReader(CancellationToken cancellationToken)
{
    private readonly List<ImapAttachment> _attachments = [];
    private readonly List<BodyText> _body = [];
    private readonly MimeTally _tally = new();
    private bool _hasText;
    private int _textBytesLeft = ContentLimits.TextBytes;
    private int _htmlLengthLeft = ContentLimits.HtmlLength;
    private int _signedBytesLeft = ContentLimits.SignedBytes;
    private int _signedLevels;

    public IReadOnlyList<BodyText> Body => _body;

    public IReadOnlyList<ImapAttachment> Attachments => _attachments;

    public ImapProtection Protection { get; private set; }

    public bool IsTruncated { get; private set; }

    /// <summary>
    /// The octets of a message as one entity, as far as the budget goes: as such, its headers are all there, in order. Null when they are
    /// none.
    /// </summary>
    /// <param name="raw">The octets, in a stream that can seek.</param>
    public MimeEntity? Parse(Stream raw)
    {
        try
        {
            long? end = MimeBudget.EndOf(raw, _tally, cancellationToken);
            raw.Position = 0;
            IsTruncated |= _tally.IsTooDeep;
            if (end is null)
            {
                return new MimeParser(ContentReader.Options, raw, MimeFormat.Entity, persistent: true).ParseEntity(cancellationToken);
            }

            IsTruncated = true;
            var readable = new BoundStream(raw, 0, end.Value, leaveOpen: true);
            return new MimeParser(ContentReader.Options, readable, MimeFormat.Entity, persistent: true).ParseEntity(cancellationToken);
        }
        catch (FormatException)
        {
            // Nothing at all, or nothing that begins as headers do.
            return null;
        }
    }

    /// <summary>Reads a whole message's root.</summary>
    public void Read(MimeEntity root) => Read(root, root is Multipart ? string.Empty : "1", alternative: null);

    /// <summary>Reads one part alone, of that number, whatever it calls itself.</summary>
    public void ReadPart(MimeEntity part, string number)
    {
        if (part is TextPart text) Add(text, TextFor(null));
        else Read(part, number, alternative: null);
    }

    /// <param name="entity">The part.</param>
    /// <param name="number">Its number (RFC 9051, 6.4.5.1); empty for a multipart that is the whole message.</param>
    /// <param name="alternative">Where text goes that is the same as its siblings'.</param>
    private void Read(MimeEntity entity, string number, BodyText? alternative)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (entity)
        {
            case MultipartEncrypted:
                Protection = ImapProtection.PgpEncrypted;
                break;
            case MultipartSigned signed:
                Note(IsPgp(signed.ContentType.Parameters["protocol"]) ? ImapProtection.PgpSigned : ImapProtection.SmimeSigned);
                if (signed.Count > 0) Read(signed[0], Child(number, 0), alternative);
                for (int i = 2; i < signed.Count; i++) Read(signed[i], Child(number, i), alternative);
                break;
            case MultipartAlternative:
                ReadChildren((Multipart)entity, number, alternative ?? TextFor(null));
                break;
            case MultipartRelated related:
                // The root is the text; a stretch of its own, unless it is one of several alternatives already.
                ReadChildren(related, number, alternative);
                break;
            case Multipart multipart:
                ReadChildren(multipart, number, alternative is not null && multipart.Count == 1 ? alternative : null);
                break;
            case ApplicationPkcs7Mime wrapped:
                ReadPkcs7(wrapped, number);
                break;
            case TnefPart winmail:
                ReadWinmail(winmail, number);
                break;
            case MessagePart forwarded:
                Attach(NameOf(forwarded), "message/rfc822", Size(forwarded), number);
                break;
            case TextPart text when IsBody(text):
                Add(text, TextFor(alternative));
                break;
            case MimePart part when IsUntyped(part):
                TextFor(alternative).Plain.Add(Decode(part, _textBytesLeft));
                break;
            case MimePart part when IsAttachment(part):
                Attach(NameOf(part), part.ContentType.MimeType, Size(part), number);
                break;
        }
    }

    private void ReadChildren(Multipart multipart, string number, BodyText? alternative)
    {
        for (int i = 0; i < multipart.Count; i++) Read(multipart[i], Child(number, i), alternative);
    }

    /// <summary>Opaque signing hides the text from readers that know no CMS; encryption hides it from all but one.</summary>
    private void ReadPkcs7(ApplicationPkcs7Mime wrapped, string number)
    {
        if (wrapped.SecureMimeType is SecureMimeType.SignedData or SecureMimeType.Unknown && ReadSigned(wrapped, number)) return;

        if (wrapped.SecureMimeType is SecureMimeType.EnvelopedData or SecureMimeType.AuthEnvelopedData or SecureMimeType.Unknown)
        {
            Protection = ImapProtection.SmimeEncrypted;
        }

        Attach(NameOf(wrapped), wrapped.ContentType.MimeType, Size(wrapped), number);
    }

    private bool ReadSigned(ApplicationPkcs7Mime wrapped, string number)
    {
        if (_signedLevels == ContentLimits.SignedLevels)
        {
            IsTruncated = true;
            return false;
        }

        (byte[]? octets, int count, bool isTooMuch) = SignedContent.Open(wrapped, _signedBytesLeft, cancellationToken);
        IsTruncated |= isTooMuch;
        if (octets is null) return false;

        _signedBytesLeft -= count;
        using MimeEntity? inner = Parse(new MemoryStream(octets, 0, count, writable: false));
        if (inner is null) return false;

        Note(ImapProtection.SmimeSigned);
        _signedLevels++;
        Read(inner, number, alternative: null);
        _signedLevels--;
        return true;
    }

    private void ReadWinmail(TnefPart winmail, string number)
    {
        Winmail? opened = Winmail.Open(winmail, cancellationToken);
        if (opened is null)
        {
            IsTruncated |= Size(winmail) > ContentLimits.WinmailBytes;
            Attach(NameOf(winmail), winmail.ContentType.MimeType, Size(winmail), number);
            return;
        }

        // Its text repeats the message's own, if there is any.
        if (_body.TrueForAll(text => text.Plain.Count == 0 && text.Html.Count == 0))
        {
            BodyText stretch = TextFor(null);
            if (opened.Plain is { } plain) stretch.Plain.Add(Take(plain));
            if (opened.Html is { } html) stretch.Html.Add(Short(Take(html)));
        }

        foreach ((string name, string type, long size) in opened.Attachments) Attach(name, type, size, number);
    }

    /// <summary>Encryption says more than a signature around or in it, and the outer signature more than the inner.</summary>
    private void Note(ImapProtection signed)
    {
        if (Protection is ImapProtection.None) Protection = signed;
    }

    private BodyText TextFor(BodyText? alternative)
    {
        if (alternative is not null) return alternative;

        var stretch = new BodyText();
        _body.Add(stretch);
        return stretch;
    }

    private void Add(TextPart part, BodyText stretch)
    {
        if (part.IsHtml)
        {
            // No character has less than an octet: what will be cut off is not even decoded.
            stretch.Html.Add(Short(Decode(part, Math.Min(_textBytesLeft, _htmlLengthLeft))));
            return;
        }

        string text = Decode(part, _textBytesLeft);

        if (text.TrimStart().StartsWith("-----BEGIN PGP MESSAGE-----", StringComparison.Ordinal))
        {
            Protection = ImapProtection.PgpEncrypted;
            stretch.IsEncrypted = true;
        }
        else if (text.TrimStart().StartsWith("-----BEGIN PGP SIGNED MESSAGE-----", StringComparison.Ordinal))
        {
            Note(ImapProtection.PgpSigned);
        }

        stretch.Plain.Add(part.IsFlowed && text.Length <= ContentLimits.FlowedLength ? Unfold(text, part) : text);
    }

    private string Decode(MimePart part, int most)
    {
        if (part.Content is null || most == 0)
        {
            IsTruncated |= part.Content is not null;
            return string.Empty;
        }

        _hasText = true;
        using Stream decoded = part.Content.Open();
        (byte[] bytes, int count, bool isWhole) = BoundedStream.Read(decoded, most, cancellationToken);
        _textBytesLeft -= count;
        IsTruncated |= !isWhole;
        return DisplayText.Lines(TextDecoder.Decode(bytes, count, part.ContentType));
    }

    /// <summary>Text that comes out of memory, and was bounded there.</summary>
    private string Take(string text)
    {
        if (text.Length > _textBytesLeft)
        {
            IsTruncated = true;
            text = text.Substring(0, _textBytesLeft);
        }

        _textBytesLeft -= text.Length;
        return DisplayText.Lines(text);
    }

    private string Short(string html)
    {
        if (html.Length > _htmlLengthLeft)
        {
            IsTruncated = true;
            html = html.Substring(0, _htmlLengthLeft);
        }

        _htmlLengthLeft -= html.Length;
        return html;
    }

    private static string Unfold(string text, TextPart part)
    {
        var converter = new FlowedToText
        {
            DeleteSpace = string.Equals(part.ContentType.Parameters["delsp"], "yes", StringComparison.OrdinalIgnoreCase),
        };
        return DisplayText.Lines(converter.Convert(text));
    }

    private void Attach(string name, string type, long size, string number)
    {
        if (_attachments.Count < ContentLimits.Attachments)
        {
            _attachments.Add(new ImapAttachment(DisplayText.Line(name), DisplayText.Line(type), size, number));
        }
        else IsTruncated = true;
    }

    /// <summary>Text to be read, not a file that happens to be text. The first text may have a name: some programs name the body.</summary>
    private bool IsBody(TextPart part)
    {
        if (part.IsAttachment) return false;
        if (part.IsPlain || part.IsHtml) return string.IsNullOrEmpty(part.FileName) || !_hasText;

        return string.IsNullOrEmpty(part.FileName)
            && part.ContentType.MediaSubtype.ToUpperInvariant()
                is not ("CALENDAR" or "RTF" or "X-AMP-HTML" or "VCARD" or "X-VCARD" or "DIRECTORY" or "CSV" or "XML" or "RFC822-HEADERS");
    }

    /// <summary>A type that nobody can make out is no reason to hide the text (RFC 2045, 5.2).</summary>
    private static bool IsUntyped(MimePart part) =>
        part is not TextPart
        && part.ContentType.IsMimeType("application", "octet-stream")
        && part.ContentDisposition is null
        && string.IsNullOrEmpty(part.FileName)
        && part.Headers[HeaderId.ContentType] is { } type
        && type.IndexOf('/') < 0;

    /// <summary>As in the message's structure: an image that the HTML shows has a name too, and is no attachment.</summary>
    private static bool IsAttachment(MimePart part)
    {
        if (part.IsAttachment) return true;
        if (part.ContentType.IsMimeType("text", "x-amp-html")) return false;

        bool isShown = part.ContentDisposition is not null || part.ContentId is not null;
        return part is TextPart || part.ContentType.IsMimeType("message", "*") || (!isShown && !string.IsNullOrEmpty(part.FileName));
    }

    private static string NameOf(MimeEntity part) => part.ContentDisposition?.FileName ?? part.ContentType.Name ?? string.Empty;

    /// <summary>In octets as transferred, as the structure has it; 0 where the parser does not tell.</summary>
    private static long Size(MimeEntity entity) => entity is MimePart { Content.Stream: { CanSeek: true } stream } ? stream.Length : 0;

    private static string Child(string number, int index) =>
        number.Length == 0
            ? (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : FormattableString.Invariant($"{number}.{index + 1}");

    private static bool IsPgp(string? protocol) => protocol?.IndexOf("pgp", StringComparison.OrdinalIgnoreCase) >= 0;
}

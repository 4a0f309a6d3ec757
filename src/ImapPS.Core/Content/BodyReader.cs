using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using ImapPS.Models;
using MimeKit;
using MimeKit.Cryptography;
using MimeKit.IO;
using MimeKit.Tnef;

namespace ImapPS.Content;

/// <summary>Walks over a message's parts: which are its text, which are attachments, and what it is wrapped in.</summary>
internal sealed class BodyReader(CancellationToken cancellationToken)
{
    private const int MostRounds = 4;

    private readonly List<ImapAttachment> _attachments = [];
    private readonly List<BodyText> _body = [];
    private readonly SignedBudget _signed = new();
    private readonly MimeTally _tally = new();
    private readonly TextBudget _texts = new(cancellationToken);
    private bool _isTruncated;

    public IReadOnlyList<BodyText> Body => _body;

    public IReadOnlyList<ImapAttachment> Attachments => _attachments;

    public ImapProtection Protection { get; private set; }

    public bool IsTruncated => _isTruncated || _signed.IsTooMuch || _texts.IsTruncated;

    /// <summary>
    /// The octets of a message as one entity, as far as the budget goes: as such, its headers are all there, in order. Null when they are
    /// none.
    /// </summary>
    /// <param name="raw">The octets, in a stream that can seek.</param>
    public MimeEntity? Parse(Stream raw)
    {
        try
        {
            (Stream message, long? end) = Budget(raw);
            message.Position = 0;
            _isTruncated |= _tally.IsTooDeep || end is not null;
            Stream readable = end is { } last ? new BoundStream(message, 0, last, leaveOpen: true) : message;
            return new MimeParser(ContentReader.Options, readable, MimeFormat.Entity, persistent: true).ParseEntity(cancellationToken);
        }
        catch (FormatException)
        {
            // Nothing at all, or nothing that begins as headers do.
            return null;
        }
    }

    /// <summary>How far the budget goes; and the message with headers that the parser understands.</summary>
    private (Stream Message, long? End) Budget(Stream raw)
    {
        Stream message = raw;
        for (int round = 1; ; round++)
        {
            (int parts, int headers) = (_tally.Parts, _tally.Headers);
            _tally.Edits = new HeaderEdits();
            message.Position = 0;
            long? end = MimeBudget.EndOf(message, _tally, cancellationToken);
            if (_tally.Edits.Count == 0 || end is not null || round == MostRounds) return (message, end);

            // What is mended may hold parts that are to be mended in turn.
            message = _tally.Edits.Apply(message);
            (_tally.Parts, _tally.Headers) = (parts, headers);
        }
    }

    /// <summary>Reads a whole message's root.</summary>
    public void Read(MimeEntity root) => Read(ShapeOf(root), alternative: null);

    /// <summary>The shape of a whole message.</summary>
    public static PartShape ShapeOf(MimeEntity root) => SourceShape.Of(root, root is Multipart ? string.Empty : "1");

    /// <summary>Reads one part alone, of that number, whatever it calls itself.</summary>
    public void ReadPart(MimeEntity part, string number)
    {
        if (part is TextPart text) Add(text, TextFor(null), number);
        else Read(SourceShape.Of(part, number), alternative: null);
    }

    /// <param name="shape">The part.</param>
    /// <param name="alternative">Where text goes that is the same as its siblings'.</param>
    private void Read(PartShape shape, BodyText? alternative)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (shape.Part)
        {
            case MultipartEncrypted:
                Protection = ImapProtection.PgpEncrypted;
                ReadChildren(shape, first: null, others: null);
                break;
            case MultipartSigned signed:
                Note(PartRules.IsPgp(signed.ContentType.Parameters["protocol"]) ? ImapProtection.PgpSigned : ImapProtection.SmimeSigned);
                ReadChildren(shape, first: alternative, others: null);
                break;
            case MultipartAlternative:
                alternative ??= TextFor(null);
                ReadChildren(shape, alternative, alternative);
                break;
            case MultipartRelated:
                // The root is the text; a stretch of its own, unless it is one of several alternatives already.
                ReadChildren(shape, alternative, alternative);
                break;
            case Multipart:
                ReadChildren(shape, alternative is not null && shape.Children.Count == 1 ? alternative : null, others: null);
                break;
            case ApplicationPkcs7Mime wrapped:
                ReadPkcs7(wrapped, shape);
                break;
            case TnefPart winmail:
                ReadWinmail(winmail, shape);
                break;
            case TextPart text when shape.Role == PartRole.Text:
                Add(text, TextFor(alternative), shape.Number);
                break;
            case MimePart part when shape.Role == PartRole.Text:
                TextFor(alternative).Plain.Add(_texts.Decode(part));
                break;
            default:
                if (shape.Role == PartRole.Attachment) Attach(shape);
                break;
        }
    }

    private void ReadChildren(PartShape shape, BodyText? first, BodyText? others)
    {
        for (int i = 0; i < shape.Children.Count; i++) Read(shape.Children[i], i == 0 ? first : others);
    }

    /// <summary>Opaque signing hides the text from readers that know no CMS; encryption hides it from all but one.</summary>
    private void ReadPkcs7(ApplicationPkcs7Mime wrapped, PartShape shape)
    {
        int before = _attachments.Count;
        bool isSigned = ReadSigned(wrapped, shape.Number);
        if (!isSigned && wrapped.SecureMimeType
            is SecureMimeType.EnvelopedData or SecureMimeType.AuthEnvelopedData or SecureMimeType.Unknown)
        {
            Protection = ImapProtection.SmimeEncrypted;
        }

        // A structure that does not say that it is signed shows a file; so does this, if there is no other.
        if (shape.Role == PartRole.Attachment && _attachments.Count == before) Attach(shape);
    }

    private bool ReadSigned(ApplicationPkcs7Mime wrapped, string number)
    {
        using MemoryStream? octets = _signed.Open(wrapped, cancellationToken);
        using MimeEntity? inner = octets is null ? null : Parse(octets);
        if (inner is null) return false;

        Note(ImapProtection.SmimeSigned);
        _signed.Enter();
        Read(SourceShape.Of(inner, number), alternative: null);
        _signed.Leave();
        return true;
    }

    private void ReadWinmail(TnefPart winmail, PartShape shape)
    {
        Winmail? opened = Winmail.Open(winmail, cancellationToken);
        if (opened is null)
        {
            _isTruncated |= PartRules.Size(winmail) > ContentLimits.WinmailBytes;
            Attach(shape);
            return;
        }

        // Its text repeats the message's own, if there is any.
        if (_body.TrueForAll(text => text.Plain.Count == 0 && text.Html.Count == 0))
        {
            BodyText stretch = TextFor(null);
            if (opened.Plain is { } plain) stretch.Plain.Add(_texts.Take(plain));
            if (opened.Html is { } html) stretch.Html.Add(_texts.TakeHtml(html));
        }

        foreach (EnclosedFile file in opened.Attachments) Attach(file.Name, file.Type, file.Size, shape.Number);
        if (opened.Attachments.Count == 0) Attach(shape);
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

    private void Add(TextPart part, BodyText stretch, string number)
    {
        if (part.IsHtml)
        {
            stretch.Html.Add(_texts.DecodeHtml(part));
            return;
        }

        (string text, IReadOnlyList<EnclosedFile> files) = UuText.Take(_texts.Decode(part), withContent: false);
        foreach (EnclosedFile file in files) Attach(file.Name, file.Type, file.Size, number);

        if (text.TrimStart().StartsWith("-----BEGIN PGP MESSAGE-----", StringComparison.Ordinal))
        {
            Protection = ImapProtection.PgpEncrypted;
            stretch.IsEncrypted = true;
        }
        else if (text.TrimStart().StartsWith("-----BEGIN PGP SIGNED MESSAGE-----", StringComparison.Ordinal))
        {
            Note(ImapProtection.PgpSigned);
        }

        stretch.Plain.Add(part.IsFlowed && text.Length <= ContentLimits.FlowedLength ? FlowedText.Unfold(text, part) : text);
    }

    private void Attach(PartShape shape) =>
        Attach(shape.Name, shape.MediaType, PartRules.Size((MimeEntity)shape.Part), shape.Number);

    private void Attach(string name, string type, long size, string number)
    {
        if (_attachments.Count < ContentLimits.Attachments)
        {
            _attachments.Add(new ImapAttachment(DisplayText.Line(name), DisplayText.Line(type), size, number));
        }
        else _isTruncated = true;
    }
}

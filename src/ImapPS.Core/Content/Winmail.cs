using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using MimeKit.Tnef;

namespace ImapPS.Content;

/// <summary>
/// What a winmail.dat holds (MS-OXTNEF): text, and files. Values are read only when they are no longer than what
/// is left of the file: MimeKit would believe any length that stands there.
/// </summary>
internal sealed class Winmail
{
    private const int InterfaceLength = 16;

    private readonly List<EnclosedFile> _attachments = [];
    private readonly CancellationToken _cancellationToken;
    private readonly long _length;
    private readonly bool _withContent;

    private byte[]? _rtf;
    private string _name = string.Empty;
    private string _type = string.Empty;
    private long _size;
    private byte[] _content = [];
    private bool _inAttachment;

    private Winmail(long length, bool withContent, CancellationToken cancellationToken)
    {
        _length = length;
        _withContent = withContent;
        _cancellationToken = cancellationToken;
    }

    public string? Plain { get; private set; }

    public string? Html { get; private set; }

    public IReadOnlyList<EnclosedFile> Attachments => _attachments;

    /// <summary>Opens it; null when it is too large, or broken from the start.</summary>
    public static Winmail? Open(TnefPart part, CancellationToken cancellationToken)
    {
        if (part.Content is null) return null;

        using Stream decoded = PartContent.Open(part.Content);
        return Open(decoded, withContent: false, cancellationToken);
    }

    /// <summary>Opens it; null when it is too large, or broken from the start.</summary>
    /// <param name="decoded">Its octets.</param>
    /// <param name="withContent">Whether the files' octets are wanted.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static Winmail? Open(Stream decoded, bool withContent, CancellationToken cancellationToken)
    {
        (byte[] bytes, int count, bool isWhole) = BoundedStream.Read(decoded, ContentLimits.WinmailBytes, cancellationToken);
        if (!isWhole) return null;

        var winmail = new Winmail(count, withContent, cancellationToken);
        try
        {
            using var reader = new TnefReader(new MemoryStream(bytes, 0, count, writable: false), 0, TnefComplianceMode.Loose);
            winmail.Read(reader);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // What could be read of it is still there to be shown.
        }

        winmail.EndAttachment();
        winmail.ReadRichText();
        return winmail.Plain is null && winmail.Html is null && winmail._attachments.Count == 0 ? null : winmail;
    }

    private void Read(TnefReader reader)
    {
        while (reader.ReadNextAttribute() && _attachments.Count <= ContentLimits.Attachments)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            TnefPropertyReader value = reader.TnefPropertyReader;
            switch (reader.AttributeTag)
            {
                case TnefAttributeTag.Body:
                    Plain ??= IsThere(value) ? value.ReadValueAsString() : null;
                    break;
                case TnefAttributeTag.MapiProperties:
                    ReadProperties(value);
                    break;
                case TnefAttributeTag.AttachRenderData:
                    EndAttachment();
                    _inAttachment = true;
                    break;
                case TnefAttributeTag.AttachTitle:
                    if (_name.Length == 0 && IsThere(value)) _name = value.ReadValueAsString();
                    break;
                case TnefAttributeTag.AttachData:
                    ReadFile(value, isObject: false);
                    break;
                case TnefAttributeTag.Attachment:
                    ReadAttachment(value);
                    break;
            }
        }
    }

    private void ReadProperties(TnefPropertyReader value)
    {
        while (value.ReadNextProperty())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            switch (value.PropertyTag.Id)
            {
                case TnefPropertyId.Body when IsText(value):
                    Plain ??= value.ReadValueAsString();
                    break;
                case TnefPropertyId.BodyHtml when value.PropertyTag.ValueTnefType is TnefPropertyType.Binary && IsThere(value):
                    byte[] html = value.ReadValueAsBytes();
                    Html ??= TextDecoder.Decode(html, html.Length, new MimeKit.ContentType("text", "html"));
                    break;
                case TnefPropertyId.RtfCompressed when value.PropertyTag.ValueTnefType is TnefPropertyType.Binary && IsThere(value):
                    _rtf ??= value.ReadValueAsBytes();
                    break;
                case TnefPropertyId.BodyHtml when IsText(value):
                    Html ??= value.ReadValueAsString();
                    break;
            }
        }
    }

    private void ReadAttachment(TnefPropertyReader value)
    {
        while (value.ReadNextProperty())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            switch (value.PropertyTag.Id)
            {
                case TnefPropertyId.AttachLongFilename when IsText(value):
                    _name = value.ReadValueAsString();
                    break;
                case TnefPropertyId.AttachFilename or TnefPropertyId.DisplayName when _name.Length == 0 && IsText(value):
                    _name = value.ReadValueAsString();
                    break;
                case TnefPropertyId.AttachMimeTag when IsText(value):
                    _type = value.ReadValueAsString();
                    break;
                case TnefPropertyId.AttachData:
                    ReadFile(value, value.PropertyTag.ValueTnefType is TnefPropertyType.Object);
                    break;
            }
        }
    }

    /// <summary>A message within it has the identifier of its interface in front.</summary>
    private void ReadFile(TnefPropertyReader value, bool isObject)
    {
        int front = isObject ? InterfaceLength : 0;
        if (!IsThere(value) || value.RawValueLength < front) return;

        _size = Math.Max(_size, value.RawValueLength - front);
        if (!_withContent) return;

        using Stream raw = value.GetRawValueReadStream();
        (byte[] bytes, int count, _) = BoundedStream.Read(raw, (int)Math.Min(_length, int.MaxValue), _cancellationToken);
        if (count - front > _content.Length) _content = bytes.AsSpan(front, count - front).ToArray();
    }

    private void EndAttachment()
    {
        if (_inAttachment)
        {
            _attachments.Add(new EnclosedFile(_name, _type.Length == 0 ? "application/octet-stream" : _type, _size, _content));
        }

        (_name, _type, _size, _content, _inAttachment) = (string.Empty, string.Empty, 0, [], false);
    }

    /// <summary>Rich text is read where there is no other.</summary>
    private void ReadRichText()
    {
        if (_rtf is null || Plain is not null || Html is not null) return;

        string text = RtfText.Of(RtfCompression.Unpack(_rtf, ContentLimits.RtfBytes), _cancellationToken);
        if (text.Trim().Length > 0) Plain = text;
    }

    private bool IsText(TnefPropertyReader value) =>
        value.PropertyTag.ValueTnefType is TnefPropertyType.String8 or TnefPropertyType.Unicode && IsThere(value);

    private bool IsThere(TnefPropertyReader value) => value.RawValueLength >= 0 && value.RawValueLength <= _length;
}

using System;
using System.IO;
using System.Threading;
using ImapPS.Models;
using MimeKit;

namespace ImapPS.Content;

/// <summary>Decodes the texts of one message, as far as the budget for all of them goes.</summary>
internal sealed class TextBudget(CancellationToken cancellationToken)
{
    private int _textBytesLeft = ContentLimits.TextBytes;
    private int _htmlLengthLeft = ContentLimits.HtmlLength;

    /// <summary>True when a text was decoded, empty or not.</summary>
    public bool HasText { get; private set; }

    /// <summary>True when there was more than the budget allows.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>The text of a part.</summary>
    public string Decode(MimePart part) => Decode(part, _textBytesLeft);

    /// <summary>The HTML of a part. No character has less than an octet: what will be cut off is not even decoded.</summary>
    public string DecodeHtml(MimePart part) => Short(Decode(part, Math.Min(_textBytesLeft, _htmlLengthLeft)));

    /// <summary>Text that comes out of memory, and was bounded there.</summary>
    public string Take(string text)
    {
        if (text.Length > _textBytesLeft)
        {
            IsTruncated = true;
            text = text.Substring(0, _textBytesLeft);
        }

        _textBytesLeft -= text.Length;
        return DisplayText.Lines(text);
    }

    /// <summary>HTML that comes out of memory, and was bounded there.</summary>
    public string TakeHtml(string html) => Short(Take(html));

    private string Decode(MimePart part, int most)
    {
        if (part.Content is null || most == 0)
        {
            IsTruncated |= part.Content is not null;
            return string.Empty;
        }

        HasText = true;
        using Stream decoded = PartContent.Open(part.Content);
        (byte[] bytes, int count, bool isWhole) = BoundedStream.Read(decoded, most, cancellationToken);
        _textBytesLeft -= count;
        IsTruncated |= !isWhole;
        return DisplayText.Lines(TextDecoder.Decode(bytes, count, part.ContentType));
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
}

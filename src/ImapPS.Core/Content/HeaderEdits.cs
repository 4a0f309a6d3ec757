using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.IO;

namespace ImapPS.Content;

/// <summary>
/// What has to be written otherwise in the headers of parts, so that the parser sees what mail programs see: a boundary behind a parameter
/// that has no value, or with blanks at its end, a multipart without a boundary, and headers that end with a line of blanks.
/// </summary>
internal sealed class HeaderEdits
{
    /// <summary>A message with more faults than this is broken on purpose.</summary>
    private const int Most = 200;

    private static readonly Encoding _latin1 = Encoding.GetEncoding(28591);
    private static readonly Regex _boundary = new("[;\\s]boundary\\s*=\\s*(?:\"(?<b>[^\"\\r\\n]{1,200})\"|(?<b>[^\\s;\"]{1,200}))",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex _multipart = new("^\\s*(?<t>multipart/[a-z0-9.+-]{1,60})",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly SortedDictionary<long, (long Length, string Text)> _edits = [];
    private Header? _before;

    /// <summary>How many edits there are.</summary>
    public int Count => _edits.Count;

    /// <summary>A part's headers begin.</summary>
    public void Begin() => _before = null;

    /// <summary>Looks at a header.</summary>
    public void Look(Header header)
    {
        if (header.Offset is not { } offset || Count >= Most) return;

        if (header.Id == HeaderId.ContentType) LookAtType(header, offset);
        else if (_before is { Offset: { } before } && IsText(header)) LookBefore(_before, before);

        _before = header;
    }

    /// <summary>The message as it is read with the edits.</summary>
    public Stream Apply(Stream raw)
    {
        var chained = new ChainedStream();
        long at = 0;
        foreach (KeyValuePair<long, (long Length, string Text)> edit in _edits)
        {
            if (edit.Key < at) continue;

            if (edit.Key > at) chained.Add(new BoundStream(raw, at, edit.Key, leaveOpen: true));
            chained.Add(new MemoryStream(_latin1.GetBytes(edit.Value.Text), writable: false));
            at = edit.Key + edit.Value.Length;
        }

        chained.Add(new BoundStream(raw, at, raw.Length, leaveOpen: true));
        return chained;
    }

    private void LookAtType(Header header, long offset)
    {
        byte[] raw = header.RawValue;
        bool isRead = ContentType.TryParse(raw, out ContentType? type);
        if (isRead && (type!.MediaType != "multipart" || (type.Boundary is { Length: > 0 } known && known == known.TrimEnd()))) return;

        string value = _latin1.GetString(raw);
        if (_multipart.Match(value) is not { Success: true } kind) return;

        string boundary = (type?.Boundary ?? _boundary.Match(value).Groups["b"].Value).TrimEnd();

        // With nothing that divides it, it is one text.
        string meant = boundary.Length == 0 ? "text/plain" : $"{kind.Groups["t"].Value}; boundary=\"{boundary}\"";
        _edits[offset + header.RawField.Length + 1] = (raw.Length, $" {meant}\r\n");
    }

    /// <summary>Where headers are followed by what is none, the line of blanks in front of it was their end.</summary>
    private void LookBefore(Header before, long offset)
    {
        string value = _latin1.GetString(before.RawValue);
        int last = value.TrimEnd('\r', '\n').LastIndexOf('\n') + 1;
        if (last > 0 && value.Substring(last).Trim().Length == 0)
        {
            _edits[offset + before.RawField.Length + 1 + last] = (value.Length - last, "\r\n");
        }
    }

    private static bool IsText(Header header)
    {
        foreach (char c in header.Field)
        {
            if (c is <= ' ' or >= '\u007f') return true;
        }

        return false;
    }
}

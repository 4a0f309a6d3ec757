using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ImapPS.Sandbox;

/// <summary>A message in the making: what is set, and nothing else, stands in its text.</summary>
public sealed record MailText
{
    private const string LineEnd = "\r\n";

    public string? From { get; init; } = "Ada Example <ada@example.org>";

    public string? To { get; init; } = "Alice Carroll <alice@example.org>";

    public string? Cc { get; init; }

    public string? Subject { get; init; }

    public DateTimeOffset? Date { get; init; }

    /// <summary>With its angle brackets, as the next two.</summary>
    public string? MessageId { get; init; }

    public string? InReplyTo { get; init; }

    public string? References { get; init; }

    /// <summary>More header lines, as they are.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Headers stand in UTF-8 as they are (RFC 6532), not in encoded words (RFC 2047).</summary>
    public bool HasRawHeaders { get; init; }

    public string Text { get; init; } = "";

    /// <summary>The same in HTML; the message then has both.</summary>
    public string? Html { get; init; }

    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>The message's text, with CRLF.</summary>
    public override string ToString()
    {
        var lines = new List<string>();
        Add("From", From is null ? null : Mailbox(From));
        Add("To", To is null ? null : Mailbox(To));
        Add("Cc", Cc is null ? null : Mailbox(Cc));
        Add("Subject", Subject is null ? null : Phrase(Subject));
        Add("Date", Date is { } date ? DateText(date) : null);
        Add("Message-ID", MessageId);
        Add("In-Reply-To", InReplyTo);
        Add("References", References);
        lines.AddRange(Headers);
        lines.Add("MIME-Version: 1.0");
        return string.Join(LineEnd, lines) + LineEnd + Content();

        void Add(string name, string? value)
        {
            if (value is not null) lines.Add($"{name}: {value}");
        }
    }

    /// <summary>A date as RFC 5322 writes it.</summary>
    public static string DateText(DateTimeOffset date)
    {
        var zone = date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        return date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + zone;
    }

    private string Content()
    {
        var text = Part("text/plain; charset=utf-8", Text);
        if (Html is not null) text = Multipart("alternative", [text, Part("text/html; charset=utf-8", Html)]);
        return Attachments.Count == 0 ? text : Multipart("mixed", [text, .. Attachments.Select(attachment => attachment.AsPart())]);
    }

    private static string Part(string type, string text) =>
        $"Content-Type: {type}{LineEnd}Content-Transfer-Encoding: 8bit{LineEnd}{LineEnd}{text.ReplaceLineEndings(LineEnd)}{LineEnd}";

    private static string Multipart(string kind, IEnumerable<string> parts)
    {
        var boundary = $"=_{kind}_of_the_sandbox";
        var body = string.Concat(parts.Select(part => $"--{boundary}{LineEnd}{part}{LineEnd}"));
        return $"Content-Type: multipart/{kind}; boundary=\"{boundary}\"{LineEnd}{LineEnd}{body}--{boundary}--{LineEnd}";
    }

    private string Mailbox(string value)
    {
        var address = value.LastIndexOf(" <", StringComparison.Ordinal);
        return address < 0 ? value : Phrase(value[..address]) + value[address..];
    }

    private string Phrase(string value) => HasRawHeaders || Ascii.IsValid(value) ? value : EncodedWords(value);

    private static string EncodedWords(string value)
    {
        // 45 bytes become 60 characters, and the word with its wrapping stays below the 75 that it may have.
        const int BytesPerWord = 45;
        var words = new List<string>();
        var word = new List<byte>();
        foreach (var rune in value.EnumerateRunes())
        {
            var bytes = Encoding.UTF8.GetBytes(rune.ToString());
            if (word.Count + bytes.Length > BytesPerWord) Flush();
            word.AddRange(bytes);
        }

        Flush();
        return string.Join(LineEnd + " ", words);

        void Flush()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(word.ToArray())}?=");
            word.Clear();
        }
    }
}

/// <summary>A file in a message.</summary>
public sealed record MailAttachment(string Name, string ContentType, byte[] Content)
{
    internal string AsPart() =>
        $"""
        Content-Type: {ContentType}; name="{Name}"
        Content-Disposition: attachment; filename="{Name}"
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String(Content, Base64FormattingOptions.InsertLineBreaks)}
        """.ReplaceLineEndings("\r\n") + "\r\n";
}

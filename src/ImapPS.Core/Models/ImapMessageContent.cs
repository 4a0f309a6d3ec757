using System;

namespace ImapPS.Models;

/// <summary>
/// A message and its content. Lines of its texts end in LF. Control characters are shown as pictures, so a message cannot control the
/// terminal. The rest is as the sender wrote it.
/// </summary>
public sealed class ImapMessageContent : ImapMessage
{
    internal ImapMessageContent(ImapMessage message)
        : base(message)
    {
    }

    /// <summary>The number of the part, with -Part. Empty for the whole message.</summary>
    public string Part { get; internal init; } = string.Empty;

    /// <summary>The text/plain of the message. It is unfolded if it is format=flowed. Empty if there is none.</summary>
    public string TextBody { get; internal init; } = string.Empty;

    /// <summary>The text/html of the message. Empty if there is none.</summary>
    public string HtmlBody { get; internal init; } = string.Empty;

    /// <summary>
    /// The best text of the message: the plain text if it has content, otherwise the HTML as a person reads it. It has no white space at
    /// its end. Empty for an encrypted message.
    /// </summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>
    /// The links of the message (http, https, ftp, mailto, tel), each once. The links of the HTML come first, then the addresses in the
    /// text.
    /// </summary>
    public ImapList<Uri> Links { get; internal init; } = ImapList<Uri>.Empty;

    /// <summary>The one-time codes that the message announces, each once: four to eight digits, or groups with dashes.</summary>
    public ImapList<string> Codes { get; internal init; } = ImapList<string>.Empty;

    /// <summary>Shows whether the message is signed or encrypted. An encrypted message has no text.</summary>
    public ImapProtection Protection { get; internal init; }

    /// <summary>
    /// True if the message has more than is kept: 8 MB of text, 1,000 attachments, 10,000 links, or a winmail.dat of 16 MB.
    /// </summary>
    public bool IsTruncated { get; internal init; }
}

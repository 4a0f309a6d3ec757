using System;

namespace ImapPS.Models;

/// <summary>
/// A message and what it says. In its texts lines end in LF alone, and control characters are shown as pictures, so that no message
/// can drive a terminal; otherwise they are what the sender wrote.
/// </summary>
public sealed class ImapMessageContent : ImapMessage
{
    internal ImapMessageContent(ImapMessage message)
        : base(message)
    {
    }

    /// <summary>The number of the part that -Part asked for; empty for the whole message.</summary>
    public string Part { get; internal init; } = string.Empty;

    /// <summary>The text/plain of the message, unfolded where it is format=flowed; empty where there is none.</summary>
    public string TextBody { get; internal init; } = string.Empty;

    /// <summary>The text/html of the message; empty where there is none.</summary>
    public string HtmlBody { get; internal init; } = string.Empty;

    /// <summary>
    /// The best text there is: the plain one where it says something, else the HTML as a person reads it; without white space at its end.
    /// Empty for an encrypted message.
    /// </summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>
    /// Where the message links to (http, https, ftp, mailto, tel): the links of its HTML, then the addresses in its text, each once.
    /// </summary>
    public ImapList<Uri> Links { get; internal init; } = ImapList<Uri>.Empty;

    /// <summary>The one-time codes that the message announces, each once: four to eight digits, or groups with dashes.</summary>
    public ImapList<string> Codes { get; internal init; } = ImapList<string>.Empty;

    /// <summary>What the message is wrapped in: a signature, or encryption, which leaves no text to be shown.</summary>
    public ImapProtection Protection { get; internal init; }

    /// <summary>
    /// True when the message holds more than is kept of it: 8 MB of text, 1,000 attachments, 10,000 links, or a winmail.dat of 16 MB.
    /// </summary>
    public bool IsTruncated { get; internal init; }
}

namespace ImapPS.Content;

/// <summary>How much of one message is kept, whatever it holds.</summary>
internal static class ContentLimits
{
    /// <summary>MIME levels; what lies deeper is one opaque part. The parser and the walk over its parts go down by recursion.</summary>
    public const int Depth = 64;

    /// <summary>Parts, and messages in messages.</summary>
    public const int Parts = 10_000;

    /// <summary>Header fields, over all parts.</summary>
    public const int Headers = 50_000;

    /// <summary>Octets of the headers of one part.</summary>
    public const int HeaderBytes = 2 * 1024 * 1024;

    /// <summary>Signatures within signatures that carry what they sign.</summary>
    public const int SignedLevels = 4;

    /// <summary>Octets of what is taken out of such signatures, over all of them; it is held in memory.</summary>
    public const int SignedBytes = 16 * 1024 * 1024;

    /// <summary>Octets of text, over all parts.</summary>
    public const int TextBytes = 8 * 1024 * 1024;

    /// <summary>
    /// Characters of HTML, over all parts, and the octets that are read for them: what is made of it takes several times as much.
    /// </summary>
    public const int HtmlLength = 4 * 1024 * 1024;

    /// <summary>Characters of a text whose lines are put together again (format=flowed); a longer one stays as it was sent.</summary>
    public const int FlowedLength = 1024 * 1024;

    public const int Attachments = 1_000;

    public const int Links = 10_000;

    /// <summary>Characters of all links.</summary>
    public const int LinkLength = 2 * 1024 * 1024;

    public const int Codes = 20;

    /// <summary>Octets of one winmail.dat; its reader holds values in memory.</summary>
    public const int WinmailBytes = 16 * 1024 * 1024;

    /// <summary>Octets of rich text that are unpacked out of a winmail.dat.</summary>
    public const int RtfBytes = 8 * 1024 * 1024;

    /// <summary>Levels of messages within a winmail.dat.</summary>
    public const int WinmailDepth = 4;
}

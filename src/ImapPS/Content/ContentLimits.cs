namespace ImapPS.Content;

/// <summary>How much of one message is kept, whatever it holds.</summary>
internal static class ContentLimits
{
    /// <summary>MIME levels; what lies deeper is one opaque part. The parser and the walk over its parts go down by recursion.</summary>
    public const int Depth = 64;

    /// <summary>Octets of text, over all parts.</summary>
    public const int TextBytes = 16 * 1024 * 1024;

    public const int Attachments = 1_000;

    public const int Links = 10_000;

    public const int Codes = 20;

    /// <summary>Octets of one winmail.dat; its reader holds values in memory.</summary>
    public const int WinmailBytes = 16 * 1024 * 1024;

    /// <summary>Levels of messages within a winmail.dat.</summary>
    public const int WinmailDepth = 4;
}

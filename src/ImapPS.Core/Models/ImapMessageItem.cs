namespace ImapPS.Models;

/// <summary>What can be fetched together with each message.</summary>
public enum ImapMessageItem
{
    /// <summary>The first words of the text.</summary>
    Preview,

    /// <summary>Every header field.</summary>
    Headers,

    /// <summary>The text. The server sends the whole message for this.</summary>
    Body,
}

namespace ImapPS.Models;

/// <summary>What a listing can bring along with each message.</summary>
public enum ImapMessageItem
{
    /// <summary>The first words of the text.</summary>
    Preview,

    /// <summary>Every header field.</summary>
    Headers,

    /// <summary>The text. The server sends the whole message for it.</summary>
    Body,
}

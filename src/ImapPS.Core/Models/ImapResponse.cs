namespace ImapPS.Models;

/// <summary>An untagged response of a server.</summary>
public sealed class ImapResponse
{
    /// <summary>The response without the asterisk. In the place of a literal is its length, such as {12}.</summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>The literals of the response, in order.</summary>
    public ImapList<ImapLiteral> Literals { get; internal init; } = ImapList<ImapLiteral>.Empty;

    /// <summary>Returns the response.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}

namespace ImapPS.Models;

/// <summary>What a server answered to a command.</summary>
public sealed class ImapCommandResult
{
    /// <summary>The id of the session that the command was sent in.</summary>
    public int SessionId { get; internal init; }

    /// <summary>The path of the folder that was selected for the command. Empty if none was.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>The command, without its tag. In the place of bytes is their number, such as {12}.</summary>
    public string Command { get; internal init; } = string.Empty;

    /// <summary>OK, NO or BAD.</summary>
    public string Status { get; internal init; } = string.Empty;

    /// <summary>The response code, such as APPENDUID. Empty if there is none.</summary>
    public string Code { get; internal init; } = string.Empty;

    /// <summary>What follows the response code within the brackets.</summary>
    public string CodeArgument { get; internal init; } = string.Empty;

    /// <summary>The server's words.</summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>The untagged responses, in order. They include what the server told of the selected folder without being asked.</summary>
    public ImapList<ImapResponse> Untagged { get; internal init; } = ImapList<ImapResponse>.Empty;

    /// <summary>Returns the status and the server's words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text.Length == 0 ? Status : $"{Status} {Text}";
}

namespace ImapPS.Models;

/// <summary>The rights of somebody to a folder: an entry of its access list (RFC 4314).</summary>
public sealed class ImapFolderPermission
{
    /// <summary>The id of the session that the rights were read from.</summary>
    public int SessionId { get; internal init; }

    /// <summary>The path of the folder.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>
    /// Who has the rights: a user name, anyone, or another identifier of the server, such as that of a group. With - in front of it the
    /// rights are denied.
    /// </summary>
    public string Identifier { get; internal init; } = string.Empty;

    /// <summary>The rights.</summary>
    public ImapFolderRights Rights { get; internal init; }

    /// <summary>The rights as the letters of RFC 4314, those of the server's own included.</summary>
    public string Letters { get; internal init; } = string.Empty;

    /// <summary>True if the rights are denied, and not granted.</summary>
    public bool IsNegative => Identifier.Length > 0 && Identifier[0] == '-';

    /// <summary>Returns the identifier and the letters.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Identifier} {Letters}";
}

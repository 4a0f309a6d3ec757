namespace ImapPS.Models;

/// <summary>The limit of one resource, and how much of it is used (RFC 9208).</summary>
public sealed class ImapQuota
{
    /// <summary>The id of the session that the quota was read from.</summary>
    public int SessionId { get; internal init; }

    /// <summary>The name of the quota root. All folders of a root share its limits. The name can be empty.</summary>
    public string Root { get; internal init; } = string.Empty;

    /// <summary>The resource that is limited: STORAGE, MESSAGE, MAILBOX, ANNOTATION-STORAGE, or one of the server's own.</summary>
    public string Resource { get; internal init; } = string.Empty;

    /// <summary>How much is used: octets of STORAGE and ANNOTATION-STORAGE, otherwise a count.</summary>
    public long Usage { get; internal init; }

    /// <summary>How much may be used, in the unit of Usage.</summary>
    public long Limit { get; internal init; }

    /// <summary>How much of the limit is used, in percent, with one decimal.</summary>
    public double Percent { get; internal init; }

    /// <summary>The paths of the folders that share the limit, as far as they were asked for.</summary>
    public ImapList<string> Folders { get; internal init; } = ImapList<string>.Empty;

    /// <summary>Returns the resource and the root.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Root.Length == 0 ? Resource : $"{Resource} {Root}";
}

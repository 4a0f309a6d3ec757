namespace ImapPS.Sessions;

/// <summary>Which certificates of a server are accepted.</summary>
internal sealed record Trust
{
    /// <summary>True when any is.</summary>
    public bool SkipsCheck { get; init; }

    /// <summary>The SHA-256 thumbprint of the only one that is; null for those that the system trusts.</summary>
    public string? Thumbprint { get; init; }
}

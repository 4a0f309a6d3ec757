namespace ImapPS.Models;

/// <summary>What has become of a session's connection.</summary>
public enum ImapSessionState : long
{
    /// <summary>Connected and authenticated.</summary>
    Open,

    /// <summary>The connection was lost; the next command connects again.</summary>
    Broken,

    /// <summary>Disconnected for good.</summary>
    Closed,
}

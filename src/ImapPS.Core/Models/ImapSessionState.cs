namespace ImapPS.Models;

/// <summary>The states of the connection of a session.</summary>
public enum ImapSessionState : long
{
    /// <summary>The session is connected and logged in.</summary>
    Open,

    /// <summary>The connection is lost. The next command connects again.</summary>
    Broken,

    /// <summary>The session is closed. It does not connect again.</summary>
    Closed,
}

namespace ImapPS.Models;

/// <summary>When a connection is compressed.</summary>
public enum ImapCompression : long
{
    /// <summary>If the server offers it and the way to the server is long. Never to this computer.</summary>
    Auto,

    /// <summary>If the server offers it.</summary>
    On,

    /// <summary>Never.</summary>
    Off,
}

namespace ImapPS.Models;

/// <summary>How far below an entry metadata is read (RFC 5464, 4.2.2).</summary>
public enum ImapMetadataDepth : long
{
    /// <summary>The entry itself.</summary>
    Zero,

    /// <summary>The entry, and those directly below it.</summary>
    One,

    /// <summary>The entry, and all below it.</summary>
    Infinity,
}

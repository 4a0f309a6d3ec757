using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Filters;

/// <summary>What an expression reads of the message, as far as the server knows it too.</summary>
internal abstract record MessageValue
{
    /// <summary>IsRead, IsFlagged.</summary>
    public sealed record OneFlag(ImapMessageFlags Flag) : MessageValue;

    /// <summary>Flags.</summary>
    public sealed record AllFlags : MessageValue;

    /// <summary>Flags -band some of them.</summary>
    public sealed record SomeFlags(ImapMessageFlags Mask) : MessageValue;

    /// <summary>Keywords.</summary>
    public sealed record Keywords : MessageValue;

    /// <summary>Size.</summary>
    public sealed record Size : MessageValue;

    /// <summary>Uid.</summary>
    public sealed record Uid : MessageValue;

    /// <summary>Received, Date: an instant. Their properties Date, DateTime and so on: what a clock somewhere shows.</summary>
    public sealed record Date(DateField Field, bool IsClock) : MessageValue;

    /// <summary>The text of a header field.</summary>
    public sealed record Text(string Field, TextShape Shape) : MessageValue;
}

/// <summary>How PowerShell sees the text of a field.</summary>
internal enum TextShape
{
    /// <summary>A string.</summary>
    One,

    /// <summary>A collection of addresses: an operator compares each, in full.</summary>
    Addresses,

    /// <summary>One address out of the collection, or $null.</summary>
    Address,

    /// <summary>The addresses or names of the collection: $null, a string, or several.</summary>
    Parts,

    /// <summary>The address or name of one of them, or $null.</summary>
    Part,
}

namespace ImapPS.Models;

/// <summary>A namespace: how the paths of a kind of folders begin (RFC 2342).</summary>
public sealed class ImapNamespace
{
    /// <summary>The id of the session that the namespace was read from.</summary>
    public int SessionId { get; internal init; }

    /// <summary>The kind of folders that are in the namespace.</summary>
    public ImapNamespaceKind Kind { get; internal init; }

    /// <summary>
    /// The text that the paths of the folders begin with. It ends with the delimiter. Empty on servers where the user's own folders have no
    /// prefix.
    /// </summary>
    public string Prefix { get; internal init; } = string.Empty;

    /// <summary>The hierarchy delimiter in the namespace. Empty if it has no hierarchy.</summary>
    public string Delimiter { get; internal init; } = string.Empty;

    /// <summary>Returns the kind and the prefix.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Prefix.Length == 0 ? $"{Kind}" : $"{Kind} {Prefix}";
}

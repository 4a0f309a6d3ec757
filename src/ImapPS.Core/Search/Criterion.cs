using System.Collections.Generic;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Search;

/// <summary>One thing that is asked of a message. A message must meet all criteria of a search.</summary>
/// <param name="Parameter">The parameter that asked, without its hyphen.</param>
internal abstract record Criterion(string Parameter)
{
    /// <summary>What the server is asked; it narrows, and may return more.</summary>
    public virtual SearchTerm SearchTerm => SearchTerm.Unknown;

    /// <summary>Header fields that <see cref="IsMatch"/> looks at and a message object does not hold by itself.</summary>
    public virtual IReadOnlyList<string> HeaderFields => [];

    /// <summary>True when the server's answer is the answer, so that no message need be looked at.</summary>
    public virtual bool IsExact(ServerAbilities server) => true;

    /// <summary>Compares what the server cannot compare exactly. True where the server's word stands.</summary>
    public virtual bool IsMatch(ImapMessage message, ServerAbilities server) => true;

    /// <summary>What of a message <see cref="IsMatch"/> looks at, beside <see cref="HeaderFields"/>.</summary>
    public virtual MessageParts Parts => MessageParts.All;

    /// <summary>False for what only the server can tell.</summary>
    public virtual bool IsComparable => true;

    /// <summary>True when a message that does not meet it may do so later.</summary>
    public virtual bool CanChange => false;

    /// <summary>True when it takes the whole message to compare.</summary>
    public virtual bool NeedsContent => false;

    /// <summary>What to say of a message that does not meet it, such as: Subject is not like '*Confirm*'.</summary>
    public virtual string Unmet(ImapMessage message) => $"{Parameter} does not match";

    /// <summary>How like a message that does not meet it is to one that does: from 0, not at all or nobody can tell, to 1.</summary>
    public virtual double Likeness(ImapMessage message) => 0;

    /// <summary>Search keys in IMAP's own words, for those that MailKit has no query for; sent as a SEARCH of their own.</summary>
    public virtual string? Words(ServerAbilities server) => null;

    /// <summary>Refuses what neither the server nor the module can answer.</summary>
    public virtual void Check(ServerAbilities server)
    {
    }
}

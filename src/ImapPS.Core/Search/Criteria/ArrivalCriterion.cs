using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Search;

/// <summary>Came into the folder when this UID was the next one, or later.</summary>
internal sealed record ArrivalCriterion(string Parameter, uint First) : Criterion(Parameter)
{
    /// <summary>The last UID that there is, if that is known.</summary>
    public uint Last { get; init; } = uint.MaxValue;

    /// <summary>True when none has come.</summary>
    public bool IsBeyond { get; init; }

    /// <summary>The same, with the last UID that there is.</summary>
    public ArrivalCriterion UpTo(uint last) => this with { Last = last < First ? First : last, IsBeyond = last < First };

    public override SearchTerm SearchTerm => new UidTerm(First, Last);

    // n:* also means the last message, though its UID be less (RFC 9051, 9); and n:n is asked for where none has come.
    public override bool IsExact(ServerAbilities server) => false;

    public override MessageParts Parts => MessageParts.None;

    public override bool IsMatch(ImapMessage message, ServerAbilities server) => message.Uid >= First;
}

using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Search;

/// <summary>A system flag that must be set, or must not.</summary>
internal sealed record FlagCriterion(string Parameter, ImapMessageFlags Flag, bool IsSet) : Criterion(Parameter)
{
    public override SearchTerm SearchTerm => new FlagTerm(Flag, IsSet);

    public override MessageParts Parts => MessageParts.Flags;

    public override bool IsMatch(ImapMessage message, ServerAbilities server) => message.Flags.HasFlag(Flag) == IsSet;

    public override bool CanChange => true;

    public override string Unmet(ImapMessage message) => $"\\{Flag} is {(IsSet ? "not set" : "set")}";
}

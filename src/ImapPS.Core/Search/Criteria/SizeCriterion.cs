using System.Globalization;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Search;

/// <summary>A size over so many octets, or of no more than that.</summary>
internal sealed record SizeCriterion(string Parameter, long Octets, bool IsOver) : Criterion(Parameter)
{
    public override SearchTerm SearchTerm => new SizeTerm(Octets, IsOver);

    public override bool IsExact(ServerAbilities server) => false;

    public override MessageParts Parts => MessageParts.Size;

    public override bool IsMatch(ImapMessage message, ServerAbilities server) => message.Size > Octets == IsOver;

    public override string Unmet(ImapMessage message) =>
        string.Format(CultureInfo.InvariantCulture, "{0}: its size is {1:N0}", Parameter, message.Size);
}

using System;
using ImapPS.Models;

namespace ImapPS.Search;

/// <summary>A date at or after an instant, or before it. The server knows days only, so it is compared here.</summary>
internal sealed record DateCriterion(string Parameter, DateField Field, DateTimeOffset Instant, bool IsBefore) : Criterion(Parameter)
{
    public override Condition Condition => new DateCondition(Field, Instant, IsBefore);

    public override bool IsExact(ServerAbilities server) => false;

    public override bool IsMatch(ImapMessage message, ServerAbilities server)
    {
        DateTimeOffset? date = Field switch
        {
            DateField.Received => message.Received,
            DateField.Saved => message.Saved,
            _ => message.Date,
        };
        return date is { } at && at < Instant == IsBefore;
    }

    public override void Check(ServerAbilities server)
    {
        if (Field == DateField.Saved) ServerAbilities.Demand(server.SaveDate, Parameter, "SAVEDATE (RFC 8514)");
    }
}

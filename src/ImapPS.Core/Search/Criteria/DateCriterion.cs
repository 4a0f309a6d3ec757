using System;
using System.Globalization;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Search;

/// <summary>A date at or after an instant, or before it. The server knows days only, so it is compared here.</summary>
internal sealed record DateCriterion(string Parameter, DateField Field, DateTimeOffset Instant, bool IsBefore) : Criterion(Parameter)
{
    private string Word => Field switch
    {
        DateField.Received => "received",
        DateField.Saved => "saved",
        _ => "sent",
    };

    public override SearchTerm SearchTerm => new DateTerm(Field, Instant, IsBefore);

    public override bool IsExact(ServerAbilities server) => false;

    public override MessageParts Parts => Field switch
    {
        DateField.Received => MessageParts.Received,
        DateField.Saved => MessageParts.None,
        _ => MessageParts.Date,
    };

    public override bool IsMatch(ImapMessage message, ServerAbilities server) =>
        Of(message) is { } at && at < Instant == IsBefore;

    public override string Unmet(ImapMessage message) => Of(message) is { } date
        ? string.Format(CultureInfo.InvariantCulture, "{0}: {1} at {2:yyyy-MM-dd HH:mm:ss zzz}, which is {3} {4:yyyy-MM-dd HH:mm:ss zzz}",
            Parameter, Word, date, IsBefore ? "not before" : "before", Instant)
        : $"{Parameter}: it has no date";

    public override void Check(ServerAbilities server)
    {
        if (Field == DateField.Saved) ServerAbilities.Demand(server.SaveDate, Parameter, "SAVEDATE (RFC 8514)");
    }

    private DateTimeOffset? Of(ImapMessage message) => Field switch
    {
        DateField.Received => message.Received,
        DateField.Saved => message.Saved,
        _ => message.Date,
    };
}

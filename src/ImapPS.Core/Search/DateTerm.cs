using System;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A date at or after an instant, or before it.</summary>
/// <remarks>
/// SEARCH knows days only, and takes them in the time zone that the server stored, or the sender wrote (from -12:00 to +14:00).
/// A day more on either side holds every message that the instant can mean.
/// </remarks>
internal sealed record DateTerm(DateField Field, DateTimeOffset Instant, bool IsBefore) : SearchTerm
{
    private static readonly DateTime _firstMail = new(1980, 1, 1);

    // In 32 bits without a sign, Dovecot's, 1900 is 2036.
    private static readonly DateTime _lastMail = new(2036, 1, 1);

    protected override SearchQuery? Ask(ServerAbilities server)
    {
        DateTime day = Instant.UtcDateTime.Date;
        if (IsBefore ? day >= DateTime.MaxValue.Date.AddDays(-2) : day <= DateTime.MinValue.AddDays(1)) return null;

        day = day.AddDays(IsBefore ? 2 : -1);
        return Field switch
        {
            DateField.Received => IsBefore ? SearchQuery.DeliveredBefore(day) : SearchQuery.DeliveredAfter(day),
            DateField.Saved => IsBefore ? SearchQuery.SavedBefore(day) : SearchQuery.SavedSince(day),

            // A message has no Date that every server and MimeKit alike can read. SENTSINCE finds none of those without, whatever
            // day is asked for, so they are what it does not find; and years that a server cannot count may be any to it.
            // The one NOT is always the same: of OR NOT SENTSINCE x NOT SENTSINCE y Dovecot 2.3 heeds the earlier day only.
            _ => IsBefore
                ? SearchQuery.SentBefore(day).Or(SearchQuery.SentSince(_lastMail)).Or(SearchQuery.Not(SearchQuery.SentSince(_firstMail)))
                : SearchQuery.SentSince(day).Or(SearchQuery.Not(SearchQuery.SentSince(_firstMail))),
        };
    }

    public override SearchTerm Negate() => this with { IsBefore = !IsBefore };
}

using System;
using System.Globalization;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>
/// Received longer ago than a time, or within it: by the server's own clock where it says so (WITHIN, RFC 5032), else by this machine's.
/// </summary>
internal sealed record AgeCriterion(string Parameter, TimeSpan Age, DateTimeOffset Now, bool IsOlder) : Criterion(Parameter)
{
    public override SearchTerm SearchTerm => new AgeTerm(Age, ByDate.SearchTerm, IsOlder);

    public override bool IsExact(ServerAbilities server) => AgeTerm.CanAsk(Age, server);

    public override MessageParts Parts => MessageParts.Received;

    public override bool IsMatch(ImapMessage message, ServerAbilities server) => ByDate.IsMatch(message, server);

    public override bool CanChange => IsOlder;

    public override string Unmet(ImapMessage message) =>
        string.Format(CultureInfo.InvariantCulture, "{0}: received {1:u}", Parameter, message.Received);

    private DateCriterion ByDate =>
        new(Parameter, DateField.Received, Age > Now - DateTimeOffset.MinValue ? DateTimeOffset.MinValue : Now - Age, IsOlder);

    private sealed record AgeTerm(TimeSpan Age, SearchTerm ByDate, bool IsOlder) : SearchTerm
    {
        /// <summary>OLDER and YOUNGER take whole seconds from 1.</summary>
        public static bool CanAsk(TimeSpan age, ServerAbilities server) => server.Within && age.TotalSeconds is >= 1 and < int.MaxValue
            && age.Ticks % TimeSpan.TicksPerSecond == 0;

        protected override SearchQuery? Ask(ServerAbilities server) =>
            !CanAsk(Age, server) ? ByDate.ToQuery(server)
            : IsOlder ? SearchQuery.OlderThan((int)Age.TotalSeconds)
            : SearchQuery.YoungerThan((int)Age.TotalSeconds);

        public override SearchTerm Negate() => Unknown;
    }
}

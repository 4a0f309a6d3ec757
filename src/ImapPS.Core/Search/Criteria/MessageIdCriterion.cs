using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>Message-IDs of which the message must have one, with or without angle brackets.</summary>
internal sealed record MessageIdCriterion(string Parameter, IReadOnlyList<string> Ids) : Criterion(Parameter)
{
    private IEnumerable<string> Bare => Ids.Select(id => id.Trim().TrimStart('<').TrimEnd('>'));

    public override SearchTerm SearchTerm =>
        new CombinedTerm([.. Bare.Select(id => new ContainedTerm(text => SearchQuery.HeaderContains("Message-ID", text), id))], All: false);

    public override bool IsExact(ServerAbilities server) => false;

    public override MessageParts Parts => MessageParts.MessageId;

    public override bool IsMatch(ImapMessage message, ServerAbilities server) =>
        Bare.Contains(message.MessageId, StringComparer.OrdinalIgnoreCase);

    public override string Unmet(ImapMessage message) => $"{Parameter} is not {Quoted.Any(Ids)}, but {Quoted.Text(message.MessageId)}";

    public override double Likeness(ImapMessage message) => TextLikeness.Of(Ids, [message.MessageId]);
}

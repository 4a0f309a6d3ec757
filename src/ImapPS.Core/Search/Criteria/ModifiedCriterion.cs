using System.Globalization;
using ImapPS.Models;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>Changed after a modification sequence (CONDSTORE, RFC 7162).</summary>
internal sealed record ModifiedCriterion(string Parameter, ulong ModSeq) : Criterion(Parameter)
{
    // The search key MODSEQ means that or later.
    public override SearchTerm SearchTerm => ModSeq >= long.MaxValue
        ? new ConstantTerm(Holds: false)
        : new QueryTerm(SearchQuery.ChangedSince(ModSeq + 1));

    public override bool IsMatch(ImapMessage message, ServerAbilities server) => message.ModSeq > ModSeq;

    public override bool IsComparable => false;

    public override bool CanChange => true;

    public override string Unmet(ImapMessage message) =>
        string.Format(CultureInfo.InvariantCulture, "{0}: its modification sequence is {1}", Parameter, message.ModSeq);

    public override void Check(ServerAbilities server) => ServerAbilities.Demand(server.CondStore, Parameter, "CONDSTORE (RFC 7162)");
}

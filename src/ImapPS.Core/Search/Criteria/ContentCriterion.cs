using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>
/// Texts of which the body (BODY), or the message with its headers (TEXT), must hold one. Only the server looks into bodies.
/// </summary>
internal sealed record ContentCriterion(string Parameter, IReadOnlyList<string> Texts, bool WithHeaders) : Criterion(Parameter)
{
    public override SearchTerm SearchTerm =>
        new CombinedTerm([.. Texts.Select(text =>
            new ContainedTerm(WithHeaders ? SearchQuery.MessageContains : SearchQuery.BodyContains, text))], All: false);

    public override bool IsComparable => false;

    public override string Unmet(ImapMessage message) => $"{Parameter} does not contain {Quoted.Any(Texts)}";

    public override void Check(ServerAbilities server) => server.DemandCharset(Parameter, Texts);
}

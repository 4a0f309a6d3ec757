using System;
using System.Collections.Generic;
using System.Linq;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>What Gmail alone can be asked (X-GM-EXT-1): its own search language, and its labels. Several values: any of them.</summary>
internal sealed record GmailCriterion : Criterion
{
    private readonly IReadOnlyList<string> _texts;
    private readonly Func<string, SearchQuery> _key;

    private GmailCriterion(string parameter, IReadOnlyList<string> texts, Func<string, SearchQuery> key)
        : base(parameter)
    {
        _texts = texts;
        _key = key;
    }

    public override SearchTerm SearchTerm => new CombinedTerm([.. _texts.Select(text => new ContainedTerm(_key, text))], All: false);

    public override bool IsComparable => false;

    public override bool CanChange => true;

    public static GmailCriterion Query(string parameter, string query) => new(parameter, [query], SearchQuery.GMailRawSearch);

    public static GmailCriterion Label(string parameter, IReadOnlyList<string> labels) => new(parameter, labels, SearchQuery.HasGMailLabel);

    public override void Check(ServerAbilities server)
    {
        ServerAbilities.Demand(server.Gmail, Parameter, "X-GM-EXT-1, as only Gmail does");
        server.DemandCharset(Parameter, _texts);
    }
}

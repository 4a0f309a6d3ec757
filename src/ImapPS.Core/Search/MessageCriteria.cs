using System.Collections.Generic;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>What messages are wanted: those that meet every criterion.</summary>
internal sealed class MessageCriteria(IReadOnlyList<Criterion> criteria)
{
    /// <summary>The search keys that look for a piece of a header.</summary>
    public static readonly IReadOnlyCollection<string> PieceKeys =
        ["SubjectContains", "FromContains", "ToContains", "CcContains", "BccContains", "HeaderContains"];

    /// <summary>The search keys of sizes.</summary>
    public static readonly IReadOnlyCollection<string> SizeKeys = ["LargerThan", "SmallerThan"];

    public IReadOnlyList<Criterion> All { get; } = criteria;

    public bool IsEmpty => All.Count == 0;

    /// <summary>True when a message that does not meet them may do so later.</summary>
    public bool CanChange => All.Any(criterion => criterion.CanChange);

    /// <summary>True when it must be fetched when a message came into its folder, to compare it here.</summary>
    public bool NeedsSaveDate => All.Any(criterion => criterion is DateCriterion { Field: DateField.Saved });

    public bool NeedsContent => All.Any(criterion => criterion.NeedsContent);

    /// <summary>Header fields that must be fetched to compare here.</summary>
    public IReadOnlyList<string> HeaderFields =>
        [.. All.SelectMany(criterion => criterion.HeaderFields).Distinct(System.StringComparer.OrdinalIgnoreCase)];

    /// <summary>True when the module can compare all of them itself.</summary>
    public bool IsComparable => All.All(criterion => criterion.IsComparable);

    /// <summary>True when they ask for UIDs up to the last one, whichever that is.</summary>
    public bool IsOpenEnded => All.Any(criterion => criterion is ArrivalCriterion);

    /// <summary>True when no message has come that they ask for.</summary>
    public bool IsBeyond => All.Any(criterion => criterion is ArrivalCriterion { IsBeyond: true });

    /// <summary>The same, with the last UID that there is.</summary>
    public MessageCriteria UpTo(uint last) =>
        new([.. All.Select(criterion => criterion is ArrivalCriterion arrival ? arrival.UpTo(last) : criterion)]);

    /// <summary>True when the server is asked for a piece of a text in a header.</summary>
    public bool AsksForPieces(ServerAbilities server)
    {
        var others = new MessageCriteria([.. All.Where(criterion => criterion is not MessageIdCriterion)]);
        return SearchKeys.Of(others.Query(server)).Overlaps(PieceKeys);
    }

    /// <summary>True when the server would be asked for sizes, if it measures messages as it shows them.</summary>
    public bool AsksForSizes(ServerAbilities server) =>
        SearchKeys.Of(Query(server with { MeasuresAsShown = true })).Overlaps(SizeKeys);

    public MessageCriteria And(params Criterion[] more) => new([.. All, .. more]);

    /// <summary>The SEARCH that the server runs: never narrower than the criteria, and wider where it must be.</summary>
    public SearchQuery Query(ServerAbilities server)
    {
        foreach (Criterion criterion in All)
        {
            criterion.Check(server);
            if (!criterion.IsComparable && !IsAllowed(criterion, server)) throw Failures.SearchRefused(criterion.Parameter);
        }

        return new CombinedTerm([.. All.Select(criterion => criterion.SearchTerm)], All: true).ToQuery(server) ?? SearchQuery.All;
    }

    /// <summary>Searches of their own, whose answers must hold a message too.</summary>
    public IEnumerable<string> Words(ServerAbilities server) => All.Select(criterion => criterion.Words(server)).OfType<string>();

    public bool IsExact(ServerAbilities server) => All.All(criterion => IsExact(criterion, server));

    /// <summary>What of messages is looked at here, to compare what the server could not.</summary>
    public MessageParts Parts(ServerAbilities server) => All.Where(criterion => !IsExact(criterion, server))
        .Aggregate(MessageParts.None, (parts, criterion) => parts | criterion.Parts);

    /// <summary>Header fields that are looked at here, which a message object does not hold by itself.</summary>
    public IReadOnlyList<string> Fields(ServerAbilities server) => [.. All.Where(criterion => !IsExact(criterion, server))
        .SelectMany(criterion => criterion.HeaderFields).Distinct(System.StringComparer.OrdinalIgnoreCase)];

    /// <summary>What is left to compare here, by its parameter.</summary>
    public IEnumerable<string> ComparedLocally(ServerAbilities server) =>
        All.Where(criterion => !IsExact(criterion, server)).Select(criterion => $"-{criterion.Parameter}")
        .Distinct(System.StringComparer.Ordinal);

    public bool IsMatch(ImapMessage message, ServerAbilities server) =>
        All.All(criterion => IsExact(criterion, server) || criterion.IsMatch(message, server));

    private static bool IsExact(Criterion criterion, ServerAbilities server) =>
        server.Answers && criterion.IsExact(server) && IsAllowed(criterion, server);

    /// <summary>False when the server refuses what there is to ask of it.</summary>
    private static bool IsAllowed(Criterion criterion, ServerAbilities server) =>
        criterion.SearchTerm.ToQuery(server with { Limits = SearchLimits.None }) is not { } query || server.Limits.Allow(query);
}

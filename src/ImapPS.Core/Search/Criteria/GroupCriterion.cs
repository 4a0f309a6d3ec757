using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Search;

/// <summary>A message must be in the group that a measurement has told of.</summary>
/// <param name="By">What was grouped by; not the folder, which is no matter of a search.</param>
/// <param name="Value">The value of the group.</param>
internal sealed record GroupCriterion(ImapGrouping By, string Value) : Criterion(By.ToString())
{
    private static readonly ImapMessageFlags[] _flags =
        [ImapMessageFlags.Seen, ImapMessageFlags.Answered, ImapMessageFlags.Flagged, ImapMessageFlags.Deleted, ImapMessageFlags.Draft];

    /// <summary>The server narrows; which group a message is in is told here, as it was when it was counted.</summary>
    public override SearchTerm SearchTerm => By switch
    {
        ImapGrouping.Flag => Flag(),
        _ when Value.Length == 0 => SearchTerm.Unknown,
        ImapGrouping.Sender or ImapGrouping.Domain => Field("From"),
        ImapGrouping.Recipient => new CombinedTerm([Field("To"), Field("Cc")], All: false),
        ImapGrouping.ListId => Field("List-Id"),
        ImapGrouping.Year => Period(Value + "-01-01", years: 1, months: 0),
        ImapGrouping.Month => Period(Value + "-01", years: 0, months: 1),
        ImapGrouping.SizeClass => Sizes(),
        ImapGrouping.Keyword when Keywords.IsKeyword(Value) => new KeywordTerm(Value, IsSet: true),
        _ => SearchTerm.Unknown,
    };

    public override IReadOnlyList<string> HeaderFields => MessageGroups.HeaderFields(By);

    public override MessageParts Parts => MessageGroups.Parts(By);

    public override bool CanChange => By is ImapGrouping.Flag or ImapGrouping.Keyword;

    public override bool IsExact(ServerAbilities server) => false;

    public override bool IsMatch(ImapMessage message, ServerAbilities server) =>
        MessageGroups.Values(By, message).Contains(Value, StringComparer.OrdinalIgnoreCase);

    public override string Unmet(ImapMessage message) => $"{Parameter} is not {Quoted.Text(Value)}";

    private SearchTerm Flag() =>
        Value.Length == 0 ? new CombinedTerm([.. _flags.Select(flag => new FlagTerm(flag, IsSet: false))], All: true)
        : Array.Exists(_flags, Is) ? new FlagTerm(Array.Find(_flags, Is), IsSet: true)
        : SearchTerm.Unknown;

    private bool Is(ImapMessageFlags flag) => string.Equals(flag.ToString(), Value, StringComparison.OrdinalIgnoreCase);

    private TextTerm Field(string name) =>
        new(name, LiteralPiece.OfText(Value, PieceRules.IsStructured | PieceRules.FoldsCase));

    /// <summary>In local time, as it was counted.</summary>
    private static SearchTerm Period(string day, int years, int months) =>
        DateTime.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTime first)
            && first.Year is > 1 and < 9999
            ? new CombinedTerm(
            [
                new DateTerm(DateField.Received, new DateTimeOffset(first), IsBefore: false),
                new DateTerm(DateField.Received, new DateTimeOffset(first.AddYears(years).AddMonths(months)), IsBefore: true),
            ], All: true)
            : SearchTerm.Unknown;

    private SearchTerm Sizes()
    {
        int index = SizeClasses.IndexOf(Value);
        if (index < 0) return SearchTerm.Unknown;

        (long from, long? under) = SizeClasses.Bounds(index);
        List<SearchTerm> terms = [];
        if (from > 0) terms.Add(new SizeTerm(from - 1, IsOver: true));
        if (under is { } limit) terms.Add(new SizeTerm(limit - 1, IsOver: false));
        return new CombinedTerm(terms, All: true);
    }
}
